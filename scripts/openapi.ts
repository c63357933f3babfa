// Writes openapi/*.json from the app; with --check, fails if a committed file is stale.
import { readFile, writeFile } from 'node:fs/promises';
import { openApiTexts } from './openapi-text.ts';

for (const [name, text] of Object.entries(await openApiTexts())) {
  const file = new URL(`../openapi/${name}`, import.meta.url);
  if (!process.argv.includes('--check')) await writeFile(file, text);
  else if ((await readFile(file, 'utf8').catch(() => '')) !== text) {
    console.error(`openapi/${name} is stale: run npm run openapi and commit it`);
    process.exitCode = 1;
  }
}
