import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

/** What is smaller when it is compressed. */
const TEXT = /\.(css|html|js|md|svg|txt)$/;

/** Compresses the built files once, with br and gzip, beside them: @fastify/static sends what the browser accepts. */
export function pack(folder: URL): Plugin {
  return {
    name: 'pack',
    apply: 'build',
    closeBundle() {
      for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
        const file = new URL(name, folder);
        if (!TEXT.test(name) || !statSync(file).isFile()) continue;
        const bytes = readFileSync(file);
        writeFileSync(new URL(`${name}.br`, folder), brotliCompressSync(bytes));
        writeFileSync(new URL(`${name}.gz`, folder), gzipSync(bytes, { level: 9 }));
      }
    },
  };
}
