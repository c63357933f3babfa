import { Problem, pointer } from './errors.ts';
import { type Stray, strayIn } from './json-literals.ts';

/** What a body with this beginning is, and how to send it. */
const beginnings: readonly [start: string, advice: string][] = [
  ['PK\x03\x04', 'it is a zip file: send an .npz with the content type application/x-npz'],
  [
    '\ufffdNUMPY',
    'it is an .npy file: send an .npz, whose arrays have names (numpy.savez), with the content type application/x-npz',
  ],
  ['\x1f\ufffd', 'it is compressed: add content-encoding: gzip'],
  ['\ufffd\ufffd', 'it is UTF-16: send UTF-8'],
  ['{\0', 'it is UTF-16: send UTF-8'],
  ['\0{', 'it is UTF-16: send UTF-8'],
  ['<', 'it is XML or HTML: send a JSON object'],
];

const MISSING =
  'send null for a missing value, or the arrays as .npz (content type application/x-npz), where NaN is missing';
const INFINITE =
  'series hold finite numbers; send null for a missing value, or the arrays as .npz (content type application/x-npz)';
const PYTHON = 'JSON has null, true and false, and uses double quotes: send the output of json.dumps';
const LISTS = 'send lists of numbers, as array.tolist() makes them, and the output of json.dumps';
const COMMENTS = 'remove it';
const NUMBERS =
  'write numbers as 0.5, -2 or 1e3: digits on both sides of the point, and no +, leading zeros or separators';

/** What to send instead of something that is not JSON. */
const kinds: readonly [what: RegExp, advice: string][] = [
  [/^([+-]?nan|NA|undefined)$/i, MISSING],
  [/^-?inf(inity)?$/i, INFINITE],
  [/^(None|True|False)$/, PYTHON],
  [/^['`]$/, PYTHON],
  [/^[\u2018\u2019\u201c\u201d\u00ab\u00bb]$/, 'strings are in straight double quotes, "'],
  [/^,[\]}]$/, 'omit the comma after the last value'],
  [/^[/#]$/, COMMENTS],
  [/^\($/, LISTS],
  [/^(array|np|numpy|tensor|torch|tf|Series|pd|DataFrame|jnp|deque|range)\b/, LISTS],
  [/^([+.]|-\.|-?\d.*)$/, NUMBERS],
  [/^;$/, 'values are separated by commas, and decimals have a point'],
];

/** How something is named that is hard to see in quotes. */
const names: Readonly<Record<string, string>> = {
  "'": 'a single quote',
  ',]': 'a comma before ]',
  ',}': 'a comma before }',
  '/': 'a comment',
  '#': 'a comment',
  '(': 'a bracket (',
};

/** Why a text is not JSON, with the place if known, and what to send. `reason`: the parser's. */
export function notJson(text: string, reason: string): Problem {
  const begins = beginnings.find(([start]) => text.startsWith(start));
  if (begins !== undefined) return new Problem('malformed_json', `the body is not JSON: ${begins[1]}`);
  const stray = strayIn(text);
  const advice = stray && adviceOn(stray);
  if (stray === undefined || advice === undefined) {
    return new Problem('malformed_json', `the body is not JSON: ${reason.slice(0, 200)}`);
  }
  const at = pointer(stray.path.at(-1) === '' ? stray.path.slice(0, -1) : stray.path); // there is no key yet
  const writes = /^-?(NaN|Infinity)$/.test(stray.text) ? ", though Python's json.dumps writes it" : '';
  const detail = `${names[stray.text] ?? stray.text.slice(0, 40)} is not JSON${writes}: ${advice}`;
  return new Problem('malformed_json', `body${at}: ${detail}`, { errors: [{ pointer: at, detail }] });
}

function adviceOn({ text, isKey }: Stray): string | undefined {
  if (isKey && /^[A-Za-z_]/.test(text)) return `names are in double quotes: ${JSON.stringify(text.slice(0, 40))}`;
  return kinds.find(([what]) => what.test(text))?.[1];
}

/** Why the parser refused a text: if it is valid JSON, because of a key that reaches for a prototype. */
export function reasonOf(text: string): string {
  try {
    JSON.parse(text);
    return 'it has a key "__proto__" or "constructor"';
  } catch (error) {
    return (error as Error).message;
  }
}
