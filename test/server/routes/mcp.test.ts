import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { dtw } from '../../../src/core/index.ts';
import { type Service, startService, untilReady } from '../../support/start-service.ts';

const KEY = 'a-key-of-twenty-signs';

interface Answer {
  readonly result: {
    readonly tools: { name: string; inputSchema: { properties: Record<string, object>; required: string[] } }[];
    readonly content: { text: string }[];
    readonly isError?: boolean;
  };
}

describe('POST /mcp', () => {
  let service: Service;
  before(async () => {
    service = await startService({ MCP: 'true', API_KEYS: KEY });
    await untilReady(service);
  });
  after(() => service.close());

  /** One message, as a client of the protocol sends it. */
  async function told(method: string, params: object): Promise<Answer['result']> {
    const answer = await service.request
      .post('/mcp')
      .set({ authorization: `Bearer ${KEY}`, accept: 'application/json, text/event-stream' })
      .set('mcp-protocol-version', '2025-06-18')
      .send({ jsonrpc: '2.0', id: 1, method, params });
    assert.equal(answer.status, 200, answer.text);
    const text = /^data: (.*)$/m.exec(answer.text)?.[1] ?? answer.text;
    return (JSON.parse(text) as Answer).result;
  }

  const called = async (name: string, args: object) => {
    const { content, isError = false } = await told('tools/call', { name, arguments: args });
    return { isError, text: content[0]?.text ?? '' };
  };

  it('introduces itself and lists its tools, each with the metric as an argument', async () => {
    const clientInfo = { name: 'a test', version: '1' };
    await told('initialize', { protocolVersion: '2025-06-18', capabilities: {}, clientInfo });
    const { tools } = await told('tools/list', {});
    assert.deepEqual(
      tools.map(({ name }) => name),
      ['pair', 'cdist', 'neighbors', 'pairs', 'lower-bound', 'subsequence', 'barycenter', 'bandwidth'],
    );
    for (const { name, inputSchema } of tools) {
      assert.ok(inputSchema.required.includes('metric_name'), name);
      assert.ok(Object.keys(inputSchema.properties).length > 2, name);
      assert.ok(!JSON.stringify(inputSchema).includes('$ref'), name);
    }
    assert.ok(JSON.stringify(tools).length <= 8000 * 3.5, `${JSON.stringify(tools).length} characters`);
  });

  it('computes what a tool is asked for, with flags and the parameters of the metric', async () => {
    const [s1, s2] = [
      [1, 2, 3],
      [3, 4, -3],
    ];
    const { isError, text } = await called('pair', { metric_name: 'dtw', s1, s2, sakoe_chiba_radius: 1, path: true });
    assert.equal(isError, false, text);
    const { value, path } = JSON.parse(text);
    assert.equal(value, dtw(s1, s2, { sakoe_chiba_radius: 1 }));
    assert.deepEqual(path.at(-1), [2, 2]);
    const all = await called('cdist', { metric_name: 'euclidean', dataset1: [s1, s2] });
    assert.equal(JSON.parse(all.text).matrix.length, 2);
  });

  it('tells a model what to change', async () => {
    const args = { s1: [1], s2: [2] };
    assert.match((await called('pair', { metric_name: 'dwt', ...args })).text, /use one of .*dtw/);
    assert.match((await called('compare', args)).text, /there is no tool "compare": use pair/);
    const { isError, text } = await called('pair', { metric_name: 'dtw', ...args, radius: 1 });
    assert.equal(isError, true);
    assert.equal(JSON.parse(text).code, 'invalid_request');
  });

  it('needs a key where the service has keys, and takes no large body', async () => {
    assert.equal((await service.request.post('/mcp').send({})).status, 401);
    const large = await service.request
      .post('/mcp')
      .set('authorization', `Bearer ${KEY}`)
      .send({ padding: 'x'.repeat(2 ** 20) });
    assert.equal(large.status, 413);
  });
});

describe('POST /mcp of a service that is not told to serve it', () => {
  it('is not there', async () => {
    const service = await startService();
    try {
      assert.equal((await service.request.post('/mcp').send({})).status, 404);
    } finally {
      await service.close();
    }
  });
});
