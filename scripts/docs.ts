// Writes the tables in documents that come from the code; with --check, fails if one is stale.
import { readFile, writeFile } from 'node:fs/promises';
import { documents } from './documents.ts';

const check = process.argv.includes('--check');
for (const { file, render } of documents) {
  const committed = await readFile(file, 'utf8').catch(() => '');
  const text = render(committed);
  if (text === committed) continue;
  if (check) {
    console.error(`${file.pathname} is stale: run npm run docs and commit it`);
    process.exitCode = 1;
  } else {
    await writeFile(file, text);
  }
}
