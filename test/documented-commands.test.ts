import assert from 'node:assert/strict';
import { exec } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { rounded } from '../src/server/schemas/rounded.ts';
import { type Service, startService, untilReady } from './support/start-service.ts';

const root = new URL('../', import.meta.url);

/** The curl commands of a document and the output it shows for each, without those that need a file from an earlier command or another program. */
function commandsOf(document: string): readonly { command: string; output: string }[] {
  const blocks = readFileSync(new URL(document, root), 'utf8').matchAll(/^```console\n(.*?)^```$/gms);
  return [...blocks]
    .flatMap(([, block = '']) => block.split(/^\$ /m).slice(1))
    .map((text) => ({ command: text.slice(0, text.indexOf('\n')), output: text.slice(text.indexOf('\n') + 1).trim() }))
    .filter(({ command }) => command.startsWith('curl ') && !/@| \| /.test(command));
}

describe('commands in the documents', () => {
  let service: Service;
  before(async () => {
    service = await startService();
    await untilReady(service);
  });
  after(() => service.close());

  for (const document of ['README.md', 'docs/arrays.md', 'docs/operations.md', 'docs/metrics.md']) {
    it(`print what ${document} shows`, async () => {
      const commands = commandsOf(document);
      assert.ok(commands.length > 0);
      for (const { command, output } of commands) {
        const own = command.replace('localhost:8080', service.url);
        const { stdout } = await promisify(exec)(own, { cwd: fileURLToPath(root) });
        const printed = JSON.parse(stdout) as { status?: unknown };
        if (output === '') assert.notEqual(typeof printed.status, 'number', `${command}: ${stdout}`);
        else assert.deepEqual(comparable(printed), comparable(JSON.parse(output)), command);
      }
    });
  }
});

/** To ten digits, and without the request id, which differs each time. */
const comparable = (answer: object): unknown => ({ ...(rounded(answer) as object), instance: undefined });
