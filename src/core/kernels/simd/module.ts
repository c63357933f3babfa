const KERNELS = '../kernels.wasm';

let shared: WebAssembly.Module | undefined;

/**
 * The compiled kernels. Compiled once per process: a worker gets them from the thread that started it, through `useKernelModule`.
 *
 * @throws Error if they were not built, or if this Node or CPU lacks relaxed SIMD for WebAssembly
 */
export function kernelModule(): WebAssembly.Module {
  shared ??= compile();
  return shared;
}

/** Uses kernels that another thread has compiled. */
export function useKernelModule(module: WebAssembly.Module): void {
  shared = module;
}

/** The kernels as they were built. @throws Error if they were not */
export function kernelBytes(): Uint8Array {
  // Not imported: with an import of node:fs, the library could not be loaded in a browser.
  const fs = globalThis.process?.getBuiltinModule?.('node:fs');
  if (fs === undefined) throw new Error('there are no files to read the kernels from: pass them to useKernelModule');
  try {
    // The folder first: bundlers would replace a whole URL by the file itself.
    return fs.readFileSync(new URL(KERNELS, import.meta.url));
  } catch (cause) {
    throw new Error('the kernels are not built: run npm run build', { cause });
  }
}

function compile(): WebAssembly.Module {
  const bytes = kernelBytes();
  try {
    return new WebAssembly.Module(new Uint8Array(bytes));
  } catch (cause) {
    throw new Error(
      `this Node (${globalThis.process?.version}) or CPU has no relaxed SIMD for WebAssembly: Node 22 or newer on a CPU with SSE4.1, AVX or NEON has it`,
      { cause },
    );
  }
}
