import type * as tf from '@tensorflow/tfjs';
import { loading } from '../../input/arrays/loading.ts';
import { nodeRequire } from '../../input/arrays/node-require.ts';
import type { Poll } from '../../kernels/index.ts';
import { putBackIntoUtil } from './removed-from-util.ts';

/** TensorFlow.js as a module object. */
export type Tf = typeof tf;

/** The TensorFlow.js that computes: the native one, or the one in JavaScript. */
export const TFJS_ENGINES = ['node', 'cpu'] as const;
export type TfjsEngine = (typeof TFJS_ENGINES)[number];

/** Which TensorFlow.js: the native one, the one in JavaScript, or the native one if it is installed. */
export type TfjsEngineChoice = 'auto' | TfjsEngine;

const require = nodeRequire(import.meta.url);

let choice: TfjsEngineChoice = 'auto';
let loaded: Tf | undefined;
let poll: Poll = () => {};

/**
 * Chooses which TensorFlow.js the first use loads.
 *
 * @throws Error if another one is already loaded
 */
export function setTfjsEngine(wanted: TfjsEngineChoice): void {
  if (loaded !== undefined && wanted !== 'auto' && wanted !== engineOf(loaded)) {
    throw new Error(
      `TensorFlow.js is already loaded, as "${engineOf(loaded)}": choose "${wanted}" before its first use`,
    );
  }
  choice = wanted;
}

/**
 * Uses a TensorFlow.js that the caller has loaded, on whichever of its backends is set, such as "webgl". Needed in a browser, where nothing can be loaded
 * in the middle of a computation.
 *
 * @throws Error if another one is already in use
 */
export function useTensorFlow(lib: Tf): void {
  if (loaded === lib) return;
  if (loaded !== undefined)
    throw new Error('another TensorFlow.js is already in use: call useTensorFlow before the first computation');
  pollBeforeKernels(lib);
  loaded = lib;
}

/** Which TensorFlow.js computes. Loads it. @throws Error as {@link loadTf} */
export const tfjsEngine = (): TfjsEngine => engineOf(loadTf());

/** Which one computes or would compute: loads it only if the choice was left to what is installed. */
export function namedTfjsEngine(): TfjsEngine {
  if (loaded === undefined && choice !== 'auto') return choice;
  return tfjsEngine();
}

/**
 * TensorFlow.js, loaded at the first call, so that whoever uses only numpy never waits for it.
 *
 * @throws Error if "node" was chosen and cannot be loaded
 */
export function loadTf(): Tf {
  loaded ??= loading(load);
  return loaded;
}

function load(): Tf {
  const lib = (choice === 'cpu' ? undefined : loadNative()) ?? (require('@tensorflow/tfjs') as Tf);
  if (choice === 'cpu') lib.setBackend('cpu');
  lib.enableProdMode(); // silences the banner that recommends the native engine
  pollBeforeKernels(lib);
  return lib;
}

/** Computes, calling `check` before each tensor operation, also in the backward pass; it throws to stop. */
export function whilePolling<T>(check: Poll, compute: () => T): T {
  const before = poll;
  poll = check;
  try {
    return compute();
  } finally {
    poll = before;
  }
}

function pollBeforeKernels(lib: Tf): void {
  // The first operation decides which of them it will be.
  const backends = Object.keys(lib.engine().registryFactory);
  for (const kernel of backends.flatMap((name) => lib.getKernelsForBackend(name))) {
    const { kernelName, backendName, kernelFunc } = kernel;
    lib.unregisterKernel(kernelName, backendName);
    lib.registerKernel({
      ...kernel,
      kernelFunc(args) {
        poll();
        return kernelFunc(args);
      },
    });
  }
}

/** @returns undefined if it is not installed and not required */
function loadNative(): Tf | undefined {
  putBackIntoUtil();
  try {
    return require('@tensorflow/tfjs-node') as Tf;
  } catch (cause) {
    if (choice === 'auto') return undefined;
    throw new Error(
      'the native TensorFlow.js cannot be loaded: install @tensorflow/tfjs-node with its binary, or choose "cpu" or "auto"',
      { cause },
    );
  }
}

/** tfjs-node sets its own backend, "tensorflow", as it is loaded. */
const engineOf = (lib: Tf): TfjsEngine => (lib.getBackend() === 'tensorflow' ? 'node' : 'cpu');

/** Whether operations are being recorded, so that a gradient will follow. */
export const isRecording = (): boolean => stateOf(loadTf()).gradientDepth > 0;

/**
 * Computes in a backward pass what takes gradients of its own. TensorFlow.js begins a new tape for the outermost gradient, and believes a backward
 * pass to be outside of any: it would drop the tape that is being followed.
 */
export function onSameTape<T>(compute: () => T): T {
  const state = stateOf(loadTf());
  state.gradientDepth++;
  try {
    return compute();
  } finally {
    state.gradientDepth--;
  }
}

const stateOf = (lib: Tf): { gradientDepth: number } => lib.engine().state as unknown as { gradientDepth: number };

/**
 * Computes in the middle of another computation, which may be recording a tape: TensorFlow.js keeps what it records, and what it will
 * dispose of, in one state, so this gets another one.
 */
export function withOwnState<T>(compute: () => T): T {
  if (loaded === undefined) return compute();
  const engine: { state: object } = loaded.engine();
  const { state } = engine;
  engine.state = new (state.constructor as new () => object)();
  try {
    return compute();
  } finally {
    engine.state = state;
  }
}
