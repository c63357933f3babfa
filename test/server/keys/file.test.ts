import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { buildApp } from '../../../src/server/app.ts';
import { readConfig } from '../../../src/server/config.ts';
import type { Caller } from '../../../src/server/plugins/callers.ts';

const digest = (key: string) => createHash('sha256').update(key).digest('hex');
const line = (fields: object) => JSON.stringify(fields);

describe('a file of keys', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'warpserve-keys-'));
  });
  after(() => rm(folder, { recursive: true }));

  const read = async (...lines: string[]) => {
    const file = join(folder, 'keys');
    await writeFile(file, lines.join('\n'));
    return { config: () => readConfig({ API_KEYS_FILE: file }), file };
  };

  it('may hold comments, empty lines, and digests in the place of keys', async () => {
    const { config } = await read(
      '# ours',
      '',
      line({ name: 'a', key: 'x' }),
      '  ',
      line({ name: 'b', sha256: digest('y') }),
    );
    assert.deepEqual(
      config().API_KEYS_FILE.map(({ name, sha256 }) => [name, sha256]),
      [
        ['a', digest('x')],
        ['b', digest('y')],
      ],
    );
  });

  const wrong: [what: string, lines: string[], message: RegExp][] = [
    ['no JSON', ['secret:1:2'], /line 1 is not a JSON object$/],
    ['a list', ['["secret"]'], /line 1: .*object/],
    ['no name', [line({ key: 'secret' })], /line 1: name: /],
    ['neither key nor digest', [line({ name: 'a' })], /line 1: .*key or sha256/],
    ['both', [line({ name: 'a', key: 'secret', sha256: digest('secret') })], /line 1: .*key or sha256/],
    ['a key that cannot be sent', ['', line({ name: 'a', key: 'my secret' })], /line 2: key: .*space/],
    ['a digest that is none', [line({ name: 'a', sha256: 'secret' })], /line 1: sha256: .*64 hex digits/],
    ['an unknown field', [line({ name: 'a', key: 'secret', limit: 3 })], /line 1: .*limit/],
    [
      'a limit below zero',
      [line({ name: 'a', key: 'secret', requests_per_minute: -1 })],
      /line 1: requests_per_minute/,
    ],
    ['a share of nothing', [line({ name: 'a', key: 'secret', share: 0 })], /line 1: share/],
    ['a name twice', [line({ name: 'a', key: 'secret' }), line({ name: 'a', key: 'other' })], /line 2 .* of a/],
    ['a key twice', [line({ name: 'a', key: 'secret' }), line({ name: 'b', key: 'secret' })], /line 2 .* of a/],
    ['nothing', ['# secret'], /no key/],
  ];
  for (const [what, lines, message] of wrong) {
    it(`aborts startup if it has ${what}, with a message that reveals no key`, async () => {
      const { config, file } = await read(...lines);
      assert.throws(config, (error: Error) => {
        assert.match(error.message, message);
        assert.ok(error.message.startsWith(`API_KEYS_FILE=${file}: `), error.message);
        assert.doesNotMatch(error.message, /secret/);
        return true;
      });
    });
  }

  it('stops the process with one line where it is not there', () => {
    const env = { ...process.env, API_KEYS_FILE: join(folder, 'none') };
    const { status, stderr } = spawnSync(process.execPath, ['src/server/main.ts'], { env, encoding: 'utf8' });
    assert.equal(status, 1);
    assert.match(stderr, /^warpserve: API_KEYS_FILE=\S+: ENOENT[^\n]*\n$/);
  });

  it('says who each caller is', async () => {
    const { file } = await read(line({ name: 'lab', key: 'x', share: 2.5 }), line({ name: 'web', key: 'y' }));
    const app = await buildApp(readConfig({ API_KEYS_FILE: file, API_KEYS: 'z', LOG_LEVEL: 'silent', WORKERS: '1' }));
    app.get('/who', { config: { open: true } }, async ({ caller }) => caller);
    const who = async (authorization?: string, remoteAddress = '192.0.2.1'): Promise<Caller> =>
      (await app.inject({ url: '/who', remoteAddress, ...(authorization && { headers: { authorization } }) })).json();
    try {
      const of = (key: string) => digest(key).slice(0, 16);
      assert.deepEqual(await who('Bearer x'), { id: of('x'), share: 2.5, perMinute: 0, hasKey: true, name: 'lab' });
      assert.deepEqual(await who('Bearer y'), { id: of('y'), share: 1, perMinute: 0, hasKey: true, name: 'web' });
      assert.deepEqual(await who('Bearer z'), { id: of('z'), share: 1, perMinute: 0, hasKey: true });
      const stranger = { id: '192.0.2.1', share: 1, perMinute: 0, hasKey: false };
      for (const sent of [undefined, 'Bearer q', 'Bearer  x', 'bearer x']) assert.deepEqual(await who(sent), stranger);
      assert.equal((await who(undefined, '::ffff:192.0.2.1')).id, '192.0.2.1');
      assert.equal((await who(undefined, '2001:db8::5')).id, (await who(undefined, '2001:db8::7')).id);
    } finally {
      await app.close();
    }
  });
});

describe('API_KEYS', () => {
  it('aborts startup if a key cannot be sent, with a message that does not reveal it', () => {
    for (const keys of ['good,my secret', 'sécret']) {
      assert.throws(
        () => readConfig({ API_KEYS: keys }),
        (error: Error) => {
          assert.match(error.message, /^API_KEYS: .*spaces/);
          assert.doesNotMatch(error.message, /s.cret/);
          return true;
        },
      );
    }
  });
});

describe('TRUST_PROXY', () => {
  it('is a list of addresses and networks', () => {
    const good = 'loopback, 10.0.0.0/8,192.0.2.1,2001:db8::/32';
    assert.equal(readConfig({ TRUST_PROXY: good }).TRUST_PROXY.length, 4);
    for (const bad of ['proxy', '10.0.0.0/33', '10.0.0', '2001:db8::/129', 'true']) {
      assert.throws(() => readConfig({ TRUST_PROXY: bad }), /^Error: TRUST_PROXY=/);
    }
  });
});
