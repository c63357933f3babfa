// Writes openapi/openapi.json from the app; with --check, fails if the committed file is stale.
import { readFile, writeFile } from 'node:fs/promises';
import { openApiText } from './openapi-text.ts';

const file = new URL('../openapi/openapi.json', import.meta.url);
const text = await openApiText();
if (process.argv.includes('--check')) {
  const committed = await readFile(file, 'utf8').catch(() => '');
  if (committed !== text) {
    console.error('openapi/openapi.json is stale: run npm run openapi and commit it');
    process.exit(1);
  }
} else {
  await writeFile(file, text);
}
