import type { Poll } from '../types.ts';
import type { Exports } from './exports.ts';
import { kernelModule } from './module.ts';

/** Computes some rows of a batch. */
export type RowSweep = (count: number) => void;

/** Passes shares back through diagonals end - 1..begin, whose weights end at `weightsEnd`; returns where those begin. */
export type BackSweep = (begin: number, end: number, weightsEnd: number) => number;

/** Computes diagonals begin..end - 1. */
export type Sweep = (begin: number, end: number) => void;

/**
 * Runs a sweep over diagonals begin..end - 1 in chunks of about `cells` cells, so that `poll` is called every millisecond or two. Chunks
 * begin on even diagonals, as the sweeps require. A cell of d values counts d times: `work` is the layout's.
 */
export function inTurns(sweep: Sweep, begin: number, end: number, work: number, cells: number, poll: Poll): void {
  const step = Math.max(2, 2 * Math.ceil(cells / (2 * work)));
  for (let k = begin; k < end; k += step) {
    poll();
    sweep(k, Math.min(k + step, end));
  }
}

const PAGE = 65536;
const MOST = 65535 * PAGE;

/** Bytes of memory that instances of this thread have released and not yet reported. */
let released = 0;

/**
 * One instance of the kernels and its memory, for one thread. The memory is a bump arena: `reset` before a pair, then `take`; memory is only
 * freed all at once. Call `settle` after anything that may have taken a lot.
 */
export class Instance {
  readonly module: WebAssembly.Module;
  /** Memory beyond this is released after the call that needed it, by starting a new instance. */
  readonly keepBytes: number;
  wasm!: Exports;
  /** The memory as float64 and int32; the views are replaced after every growth. */
  f64!: Float64Array;
  i32!: Int32Array;
  #base = 0;
  /** What `reset` leaves alone ends here. */
  #held = 0;
  #next = 0;
  #end = 0;

  constructor(module: WebAssembly.Module, keepBytes = 16 << 20) {
    this.module = module;
    this.keepBytes = keepBytes;
    this.#start();
  }

  #start(): void {
    // The build has no imports; its exports are those of assembly/index.ts.
    this.wasm = new WebAssembly.Instance(this.module, {}).exports as unknown as Exports;
    this.#base = (this.wasm.heapBase() + 63) & ~63;
    this.#held = this.#base;
    this.#view();
  }

  #view(): void {
    const { buffer } = this.wasm.memory;
    this.f64 = new Float64Array(buffer);
    this.i32 = new Int32Array(buffer);
    this.#end = buffer.byteLength;
  }

  /** Frees everything that was taken, but for what is held. */
  reset(): void {
    this.#next = this.#held;
  }

  /** Holds everything that is taken now, for many computations, until `letGo`. */
  hold(): void {
    this.#held = this.#next;
  }

  letGo(): void {
    this.#held = this.#base;
  }

  /** The address of `bytes` bytes, a multiple of 64; the contents are left over from earlier calls. */
  take(bytes: number): number {
    const at = this.#next;
    const next = at + Math.ceil(bytes / 64) * 64;
    if (next > this.#end) {
      if (next > MOST)
        throw new RangeError(`this pair needs ${Math.ceil(next / 2 ** 20)} MiB of memory, and the limit is 4096`);
      this.wasm.memory.grow(Math.ceil((next - this.#end) / PAGE));
      this.#view();
    }
    this.#next = next;
    return at;
  }

  /** The address of a copy of some numbers. */
  put(numbers: Float64Array): number {
    const at = this.take(8 * numbers.length);
    this.f64.set(numbers, at >> 3);
    return at;
  }

  /** How much is taken, for `backTo`. */
  get taken(): number {
    return this.#next;
  }

  /** Frees what was taken later. */
  backTo(taken: number): void {
    this.#next = taken;
  }

  /** The address of number 0 of `count` numbers with at least 8 numbers of room on both sides. */
  takeNumbers(count: number): number {
    return this.take((count + 16) * 8) + 64;
  }

  /** Releases what a large call took. */
  settle(): void {
    if (this.#end <= this.keepBytes || this.#held > this.#base) return;
    released += this.#end;
    this.#start();
  }
}

/** One for each computation that another one has interrupted, and one for that. */
const instances: Instance[] = [];
let depth = 0;

/** This thread's instance: kernels are synchronous, so no two of them ever run in it at the same time. */
export function kernelInstance(): Instance {
  instances[depth] ??= new Instance(kernelModule());
  return instances[depth] as Instance;
}

/**
 * Releases what the last computation took beyond what this thread keeps. Returns the bytes released since the last call: V8 does not count them, and frees
 * them only with its garbage.
 */
export function releaseKernels(): number {
  instances[depth]?.settle();
  const bytes = released;
  released = 0;
  return bytes;
}

/** Computes in the middle of another computation, whose memory stays as it is. */
export function withOwnInstance<T>(compute: () => T): T {
  depth++;
  try {
    return compute();
  } finally {
    depth--;
  }
}
