import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { build } from 'vite';
import { dtw, evaluate } from '../../src/core/index.ts';
import { launch, noBrowser } from '../page/browser.ts';
import { closeTo } from '../support/close-to.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
const kernels = new URL('../../src/core/kernels/kernels.wasm', import.meta.url);
const s1 = [1, 2, 3, 2.5, 0];
const s2 = [3, 4, -3, 1];

/** What test/browser/main.ts answers. */
interface Found {
  readonly backend: string;
  readonly numpy: ReturnType<typeof evaluate>;
  readonly dtw: number[];
  readonly dtwSlope: number[];
  readonly softDtw: number[];
  readonly slope: number[];
  readonly curve: number[];
}

describe('the library in a browser', { skip: noBrowser }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'warpserve-browser-'));
  const server = createServer(({ url }, response) => {
    const [type, body] =
      url === '/kernels.wasm'
        ? ['application/wasm', readFileSync(kernels)]
        : url === '/main.js'
          ? ['text/javascript', readFileSync(join(folder, 'main.js'))]
          : ['text/html', '<!doctype html><title>warpserve</title><script type="module" src="/main.js"></script>'];
    response.setHeader('content-type', type).end(body);
  });
  let browser: Browser;

  before(async () => {
    await build({
      configFile: false,
      logLevel: 'error',
      build: {
        outDir: folder,
        minify: false,
        lib: { entry: join(here, 'main.ts'), formats: ['es'], fileName: () => 'main.js' },
      },
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  for (const backend of ['cpu', 'webgl']) {
    it(`computes values, gradients and second derivatives on the engine ${backend}`, async (test) => {
      const page = await browser.newPage();
      const errors: string[] = [];
      page.on('pageerror', ({ message }) => errors.push(message));
      await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
      await page.waitForFunction('window.compute').catch(() => assert.fail(errors.join('\n')));
      const found = (await page.evaluate(
        `window.compute('${backend}', ${JSON.stringify(s1)}, ${JSON.stringify(s2)})`,
      )) as Found;
      await page.close();
      if (found.backend !== backend) return test.skip(`this Chromium has no ${backend}`);
      const expected = evaluate('soft-dtw', s1, s2, { gamma: 1 }, { grad: true });
      assert.deepEqual(found.numpy, expected);
      const close = { absolute: 1e-4 };
      closeTo(found.dtw, [dtw(s1, s2)], close);
      closeTo(found.dtwSlope, evaluate('dtw', s1, s2, {}, { grad: true }).gradient?.s1 as number[], close);
      closeTo(found.softDtw, [expected.value], close);
      closeTo(found.slope, expected.gradient?.s1 as number[], close);
      const slope = (step: number) => {
        const moved = s1.map((x) => x + step);
        return evaluate('soft-dtw', moved, s2, { gamma: 1 }, { grad: true }).gradient?.s1 as number[];
      };
      const [ahead, behind] = [slope(1e-5), slope(-1e-5)];
      closeTo(
        found.curve,
        ahead.map((x, i) => (x - (behind[i] as number)) / 2e-5),
        { absolute: 2e-2 },
      );
    });
  }
});
