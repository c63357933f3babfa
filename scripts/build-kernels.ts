// Compiles src/core/kernels/assembly to kernels.wasm next to it.
import asc from 'assemblyscript/asc';

const folder = 'src/core/kernels';
const { error, stderr } = await asc.main([
  `${folder}/assembly/index.ts`,
  '--outFile',
  `${folder}/kernels.wasm`,
  '-O3',
  '--noAssert',
  '--runtime',
  'stub',
  '--enable',
  'simd,relaxed-simd,bulk-memory',
  '--initialMemory',
  '2',
]);
if (error) {
  console.error(stderr.toString());
  throw error;
}
