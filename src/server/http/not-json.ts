import { Problem, pointer } from './errors.ts';
import { strayWord } from './json-literals.ts';

/** What a body with this beginning is, and how to send it. */
const beginnings: readonly [start: string, advice: string][] = [
  ['PK\x03\x04', 'it is a zip file: send an .npz with the content type application/x-npz'],
  [
    '\ufffdNUMPY',
    'it is an .npy file: send an .npz, whose arrays have names (numpy.savez), with the content type application/x-npz',
  ],
  ['\x1f\ufffd', 'it is compressed: add content-encoding: gzip'],
];

const PYTHON = 'JSON has null, true and false, and uses double quotes: send the output of json.dumps';

/** What to send instead of a word that is not JSON; undefined for unknown words. */
const words: Readonly<Record<string, string>> = {
  ...allAs(
    ['NaN', 'nan', '-NaN', 'NA', 'undefined'],
    'send null for a missing value, or the arrays as .npz (content type application/x-npz), where NaN is missing',
  ),
  ...allAs(
    ['Infinity', '-Infinity', 'inf', '-inf', 'Inf', '-Inf'],
    'series hold finite numbers; send null for a missing value, or the arrays as .npz (content type application/x-npz)',
  ),
  ...allAs(['None', 'True', 'False', "'"], PYTHON),
};

function allAs(names: readonly string[], advice: string): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, advice]));
}

/** Why a text is not JSON, with the place if known, and what to send. `reason`: the parser's. */
export function notJson(text: string, reason: string): Problem {
  const begins = beginnings.find(([start]) => text.startsWith(start));
  if (begins !== undefined) return new Problem('malformed_json', `the body is not JSON: ${begins[1]}`);
  const stray = strayWord(text);
  const advice = stray && words[stray.word];
  if (stray === undefined || advice === undefined) {
    return new Problem('malformed_json', `the body is not JSON: ${reason.slice(0, 200)}`);
  }
  const at = pointer(stray.path.at(-1) === '' ? stray.path.slice(0, -1) : stray.path); // there is no key yet
  const writes = /^-?(NaN|Infinity)$/.test(stray.word) ? ", though Python's json.dumps writes it" : '';
  const word = stray.word === "'" ? 'a single quote' : stray.word;
  const detail = `${word} is not JSON${writes}: ${advice}`;
  return new Problem('malformed_json', `body${at}: ${detail}`, { errors: [{ pointer: at, detail }] });
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
