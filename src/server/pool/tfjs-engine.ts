import { spawnSync } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { setTfjsEngine, type TfjsEngine, type TfjsEngineChoice } from '../../core/server-door.ts';

const require = createRequire(import.meta.url);

/** The TensorFlow.js that the threads will load, and why it is not the native one. */
export interface Settled {
  readonly engine: TfjsEngine;
  readonly reason?: string;
}

/** How long the library may take to load on a busy machine. */
const LOAD_MS = 60_000;

/** What of the native library cannot be used, by choice: it is asked once. */
const settled = new Map<TfjsEngineChoice, Settled>();

/**
 * Settles which TensorFlow.js this process will compute on, without loading any: that takes memory, and many services never need it. A native
 * library that is installed is tried out in a process of its own, which may even crash.
 *
 * @throws Error if "node" is required and cannot be loaded
 */
export function settleTfjsEngine(choice: TfjsEngineChoice): Settled {
  const known = settled.get(choice) ?? decide(choice);
  settled.set(choice, known);
  // Its C++ writes to stderr what is no JSON, and reads this from the environment of the process: setting it in a thread has no effect.
  if (known.engine === 'node') process.env.TF_CPP_MIN_LOG_LEVEL ??= '3';
  setTfjsEngine(known.engine);
  return known;
}

function decide(choice: TfjsEngineChoice): Settled {
  if (choice === 'cpu') return { engine: 'cpu', reason: 'TFJS_ENGINE=cpu' };
  const reason = whyNotNative();
  if (reason === undefined) return { engine: 'node' };
  if (choice === 'auto') return { engine: 'cpu', reason };
  throw new Error(
    `TFJS_ENGINE=node: ${reason}. scripts/native-tensorflow.sh puts it in place; auto and cpu do without`,
  );
}

function whyNotNative(): string | undefined {
  let main: string;
  try {
    main = require.resolve('@tensorflow/tfjs-node');
  } catch {
    return '@tensorflow/tfjs-node is not installed';
  }
  const home = join(dirname(main), '..');
  // Before its many modules are loaded, which it does before it looks for this itself.
  const bindings = existsSync(join(home, 'lib')) ? globSync('lib/napi-v*/tfjs_binding.node', { cwd: home }) : [];
  if (bindings.length === 0) return '@tensorflow/tfjs-node has no native library';
  const { error, signal, status, stderr } = spawnSync(
    process.execPath,
    ['--no-warnings', '--eval', `require(${JSON.stringify(main)})`],
    { env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: '3' }, encoding: 'utf8', timeout: LOAD_MS },
  );
  if (status === 0) return undefined;
  // SIGILL: it was compiled for a newer processor.
  const why = signal ?? error?.message ?? /^(?:\w*Error|Error): .*$/m.exec(stderr)?.[0] ?? `it exited with ${status}`;
  return `the native library of @tensorflow/tfjs-node cannot be loaded: ${why}`;
}
