import { defineConfig } from 'vite';
import { guidePages } from './guide-pages.ts';
import { pack } from './pack.ts';

// The service sends the page under a policy that forbids inline code, so nothing is inlined.
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  build: {
    outDir: '../dist/page',
    emptyOutDir: true,
    target: 'es2023',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: [
        `${import.meta.dirname}/index.html`,
        `${import.meta.dirname}/docs/index.html`,
        `${import.meta.dirname}/guide/main.ts`,
      ],
    },
    license: { fileName: 'licenses.md' },
  },
  worker: { format: 'es' },
  plugins: [guidePages(), pack(new URL('../dist/page/', import.meta.url))],
});
