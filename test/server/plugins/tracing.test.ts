import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, it } from 'node:test';
import { startProcess } from '../../support/start-process.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

interface Span {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: readonly { key: string; value: Record<string, unknown> }[];
}

/** What is sent to an OTLP collector, as JSON over HTTP. */
async function startCollector() {
  const spans: Span[] = [];
  const services: unknown[] = [];
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    for (const { resource, scopeSpans } of JSON.parse(text).resourceSpans) {
      services.push(resource.attributes.find(({ key }: { key: string }) => key === 'service.name').value.stringValue);
      for (const scope of scopeSpans) spans.push(...scope.spans);
    }
    response.setHeader('content-type', 'application/json').end('{}');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, spans, services, server };
}

describe('OpenTelemetry', () => {
  it("has a span for each request under the caller's, and in it one for each job of a worker", async () => {
    const collector = await startCollector();
    const { url, child, ended } = await startProcess({ WORKERS: '1', OTEL_EXPORTER_OTLP_ENDPOINT: collector.url });
    const traceId = '0af7651916cd43dd8448eb211c80319c';
    const wave = Array.from({ length: 400 }, (_, i) => Math.sin(i / 9));
    const response = await fetch(`${url}/soft-dtw?grad=true`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', traceparent: `00-${traceId}-b7ad6b7169203331-01` },
      body: JSON.stringify({ s1: wave, s2: wave.toReversed() }),
    });
    assert.equal(response.status, 200);
    child.kill('SIGTERM'); // what has not been sent is sent at the end
    await ended;
    collector.server.close();

    assert.ok(collector.services.every((name) => name === 'warpserve'));
    const ours = collector.spans.filter((span) => span.traceId === traceId);
    const request = ours.find(({ parentSpanId }) => parentSpanId === 'b7ad6b7169203331');
    assert.ok(request, JSON.stringify(collector.spans.map(({ name }) => name)));
    const worker = ours.find(({ name }) => name === 'worker');
    assert.equal(worker?.parentSpanId, request.spanId);
    const attributes = Object.fromEntries(worker.attributes.map(({ key, value }) => [key, Object.values(value)[0]]));
    assert.deepEqual(
      ['job', 'metric', 'backend', 'cells'].map((key) => attributes[`warpserve.${key}`]),
      ['evaluate', 'soft-dtw', 'numpy', 2_122_300],
    );
    assert.ok(BigInt(worker.startTimeUnixNano) < BigInt(worker.endTimeUnixNano));
    assert.ok(collector.spans.every(({ attributes }) => !JSON.stringify(attributes).includes('readyz')));
  });

  it('has a span for each tile of a job', async () => {
    const collector = await startCollector();
    const env = { WORKERS: '1', OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, STORE_URL: `file:${temporaryFolder()}` };
    const { url, child, ended } = await startProcess(env);
    const response = await fetch(`${url}/dtw/cdist`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', prefer: 'respond-async' },
      body: JSON.stringify({ dataset1: [[1, 2], [2, 4], [5]] }),
    });
    const { id } = (await response.json()) as { id: string };
    for (let status = ''; status !== 'succeeded'; await new Promise((resolve) => setTimeout(resolve, 50))) {
      ({ status } = (await (await fetch(`${url}/jobs/${id}`)).json()) as { status: string });
      assert.notEqual(status, 'failed');
    }
    child.kill('SIGTERM');
    await ended;
    collector.server.close();
    const tiles = collector.spans.filter(({ name }) => name === 'tile');
    assert.equal(tiles.length, 1);
    const found = new Map(tiles[0]?.attributes.map(({ key, value }) => [key, Object.values(value)[0]]));
    assert.equal(found.get('warpserve.job.id'), id);
    assert.equal(found.get('warpserve.job.tile'), 0);
    assert.equal(found.get('warpserve.metric'), 'dtw');
  });
});
