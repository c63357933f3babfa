// Generates clients from openapi/openapi.json with tools that others wrote, compiles them and calls a running service with each. Prints a
// table, and fails if a client does not get what the service answers.
//
//   node scripts/generators/main.ts [tool ... | all]
import { spawn } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { type Tool, tools } from './tools.ts';

const url = process.env.WARPSERVE_URL ?? 'http://127.0.0.1:8080';
const cache = process.env.GENERATORS_CACHE ?? `${homedir()}/.cache/warpserve-generators`;
const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The time for all tools together. */
const SECONDS = Number(process.env.GENERATORS_SECONDS ?? 360);
const until = Date.now() + SECONDS * 1000;

/** What every client should get. */
async function expected() {
  const ask = async (path: string, body: object) =>
    (
      await fetch(url + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
    ).json() as Promise<Record<string, unknown>>;
  const pair = { s1: [16777217, 0.1], s2: [16777216, 0.2] };
  const { value, gradient, path } = await ask('/dtw?grad=true&path=true', pair);
  const { matrix } = await ask('/dtw/cdist', {
    dataset1: [
      [1, 2, 3],
      [2, 4],
    ],
  });
  const { code } = await ask('/dtw', { ...pair, sakoe_chiba_radius: 1, itakura_max_slope: 2 });
  return { value, gradient: (gradient as { s1: number[] }).s1, path, matrix, code };
}

interface Outcome {
  readonly tool: Tool;
  readonly says: string;
  readonly failed: boolean;
}

async function tried(tool: Tool, wanted: object): Promise<Outcome> {
  const lacking = [];
  for (const command of tool.needs) if ((await run('which', [command])).code !== 0) lacking.push(command);
  if (lacking.length > 0) return { tool, says: `skipped: there is no ${lacking.join(', ')} here`, failed: false };
  const began = Date.now();
  const folder = `${cache}/${tool.name}`;
  await mkdir(folder, { recursive: true });
  const { code, output } = await run('bash', [here('steps.sh'), tool.name], folder);
  const seconds = `${Math.round((Date.now() - began) / 1000)} s`;
  const last = output.trim().split('\n').at(-1) ?? '';
  if (code === null)
    return { tool, says: `skipped after ${seconds}: the ${SECONDS} s for all tools were over`, failed: false };
  if (code !== 0) {
    console.error(`\n--- ${tool.name}\n${output.slice(-3000)}\n---`);
    return { tool, says: `fails: ${last.slice(0, 200)}`, failed: true };
  }
  if (tool.reports) return { tool, says: `${last} (${seconds})`, failed: false };
  const same = isDeepStrictEqual(sorted(parsed(last)), sorted(wanted));
  return { tool, says: same ? `works (${seconds})` : `gets ${last}, not ${JSON.stringify(wanted)}`, failed: !same };
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return line;
  }
}

/** In one order of keys, with numbers to 15 digits: not every language reads the last one exactly. */
function sorted(value: unknown): unknown {
  if (typeof value === 'number') return value.toPrecision(15);
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sorted(Reflect.get(value, key))]),
  );
}

function run(command: string, args: string[], cwd?: string): Promise<{ code: number | null; output: string }> {
  const env = { ...process.env, CACHE: cache, DOCUMENT: here('../../openapi/openapi.json'), WARPSERVE_URL: url };
  const child = spawn(command, args, { ...(cwd && { cwd }), env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece) => (output += piece));
  const late = setTimeout(() => process.kill(-(child.pid as number), 'SIGKILL'), Math.max(1, until - Date.now()));
  return new Promise((resolve) =>
    child.on('close', (code) => {
      clearTimeout(late);
      resolve({ code, output });
    }),
  );
}

const names = process.argv.slice(2);
const chosen = tools.filter(({ name, extra = false }) =>
  names.length > 0 ? names.includes(name) || names.includes('all') : !extra,
);
const wanted = await expected();
console.log('| tool | language | result |\n|---|---|---|');
let failures = 0;
let worked = 0;
for (const tool of chosen) {
  const { says, failed } = await tried(tool, wanted);
  if (failed) failures++;
  else if (!says.startsWith('skipped')) worked++;
  console.log(`| ${tool.title} | ${tool.language} | ${says} |`);
}
if (failures > 0 || worked === 0) process.exitCode = 1;
