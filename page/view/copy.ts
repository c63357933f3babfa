import type { Request } from '../state/state.ts';

/** The languages in which a request is offered. */
export const languages = ['curl', 'Python', 'TypeScript'] as const;
export type Language = (typeof languages)[number];

/** A request as text that reproduces it exactly. A key is not written out: it comes from the environment. */
export function written(language: Language, { path, query, body }: Request, base: string, keyed: boolean): string {
  const flags = new URLSearchParams(Object.entries(query).map(([name, on]) => [name, String(on)])).toString();
  const url = `${base}${path}${flags && `?${flags}`}`;
  return writers[language](url, body, keyed, answerOf(path));
}

/** The field of the response that people look at: by the path of the operation, `/{metric}` or `/{metric}/{operation}`. */
const answerOf = (path: string): string =>
  ({ cdist: 'matrix', neighbors: 'indices', subsequence: 'matches' })[path.split('/')[2] ?? ''] ?? 'value';

type Writer = (url: string, body: object, keyed: boolean, answer: string) => string;

const writers: Readonly<Record<Language, Writer>> = {
  // A heredoc, because a body may exceed the length of a command line.
  curl: (url, body, keyed) => `curl -s '${url}' \\
  -H 'content-type: application/json' \\${keyed ? '\n  -H "authorization: Bearer $WARPSERVE_KEY" \\' : ''}
  -d @- <<'JSON'
${members(body)}
JSON
`,
  Python: (url, body, keyed, answer) => `import json${keyed ? ', os' : ''}
from urllib.request import Request, urlopen

true, false, null = True, False, None
body = ${members(body)}
headers = {"content-type": "application/json"${keyed ? ', "authorization": "Bearer " + os.environ["WARPSERVE_KEY"]' : ''}}
request = Request("${url}", json.dumps(body).encode(), headers)
print(json.load(urlopen(request))["${answer}"])
`,
  TypeScript: (url, body, keyed, answer) => `const body = ${members(body)};
const response = await fetch('${url}', {
  method: 'POST',
  headers: { 'content-type': 'application/json'${keyed ? ", authorization: 'Bearer ' + process.env.WARPSERVE_KEY" : ''} },
  body: JSON.stringify(body),
});
const { ${answer} } = await response.json();
console.log(${answer});
`,
};

/** JSON with one member per line. */
const members = (body: object): string =>
  `{\n${Object.entries(body)
    .map(([name, value]) => `  ${JSON.stringify(name)}: ${JSON.stringify(value)}`)
    .join(',\n')}\n}`;
