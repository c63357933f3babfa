import { buildApp } from '../src/server/app.ts';
import { readConfig } from '../src/server/config.ts';
import { documents } from '../src/server/document/documents.ts';
import type { Part } from '../src/server/document/walk.ts';

/** The OpenAPI documents as they are committed, by the names of their files. */
export async function openApiTexts(): Promise<Record<string, string>> {
  const app = await buildApp(readConfig({ LOG_LEVEL: 'silent', WORKERS: '1' }));
  try {
    await app.ready();
    const raw = app.swagger() as unknown as Part;
    return Object.fromEntries(
      Object.entries(documents).map(([name, documentOf]) => [name, `${JSON.stringify(documentOf(raw), null, 2)}\n`]),
    );
  } finally {
    await app.close();
  }
}
