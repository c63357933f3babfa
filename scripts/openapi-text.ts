import { buildApp } from '../src/server/app.ts';
import { readConfig } from '../src/server/config.ts';

/** The OpenAPI document as it is committed. */
export async function openApiText(): Promise<string> {
  const app = await buildApp(readConfig({ LOG_LEVEL: 'silent', WORKERS: '1' }));
  try {
    await app.ready();
    return `${JSON.stringify(app.swagger(), null, 2)}\n`;
  } finally {
    await app.close();
  }
}
