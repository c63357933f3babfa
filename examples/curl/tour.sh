#!/usr/bin/env bash
# A tour of the service with curl, on two series of GunPoint: distance, path, and ten steps of gradient descent on soft-DTW.
#
#   bash examples/curl/tour.sh [http://127.0.0.1:8080]
set -euo pipefail

service=${1:-${WARPSERVE_URL:-http://127.0.0.1:8080}}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

# Every step size below 1 / (largest row sum of the soft alignment) lowers the loss; here that is 1 / 30.
step=0.03

# The values of series $1 (counted from 1): the line without its label.
series() { sed -n '/^@data/,$p' "$here/../data/GunPoint_TRAIN.txt" | sed -n "$(($1 + 1))p" | cut -d: -f1; }

# Posts request.json to $1 and saves the response in answer.json.
post() {
  : >answer.json
  curl -sS --fail-with-body "$service$1" -H 'content-type: application/json' -d @request.json -o answer.json ||
    { cat answer.json >&2; exit 1; }
}

# The first 160 characters of the input.
shorten() { sed -E 's/^(.{160}).+/\1 .../'; }

# Posts as above, and shows the command and the response.
show() {
  printf "\n\$ curl -s '%s' -H 'content-type: application/json' -d @request.json\n" "$service$1"
  post "$1"
  shorten <answer.json
  echo
}

s1=$(series 1)  # an actor points with the finger
s2=$(series 10) # an actor draws a gun
echo "{\"s1\":[$s1],\"s2\":[$s2]}" >request.json
printf '$ cat request.json\n'
shorten <request.json

show /dtw
show '/dtw?path=true'
echo "{\"s1\":[$s1],\"s2\":[$s2],\"gamma\":0.01}" >request.json
show '/soft-dtw?grad=true'

printf '\nTen steps against that gradient:\n'
for turn in {0..10}; do
  echo "{\"s1\":[$s1],\"s2\":[$s2],\"gamma\":0.01}" >request.json
  post '/soft-dtw?grad=true'
  value=$(sed -E 's/.*"value":([^,}]+).*/\1/' answer.json)
  gradient=$(sed -E 's/.*"gradient":\{"s1":\[([^]]*)\].*/\1/' answer.json)
  LC_ALL=C printf 'step %2d  soft-dtw %8.4f\n' "$turn" "$value"
  if ((turn < 10)); then
    s1=$(paste -d' ' <(tr , '\n' <<<"$s1") <(tr , '\n' <<<"$gradient") |
      LC_ALL=C awk -v step="$step" '{ printf "%s%.12g", (NR > 1 ? "," : ""), $1 - step * $2 }')
  fi
done

echo "{\"s1\":[$s1],\"s2\":[$s2]}" >request.json
show /dtw
