// Takes the screenshots in docs/ of the built page: `npm run build && npm run screenshots`, or some by name. Needs Chromium.
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Page } from 'playwright-core';
import { buildApp } from '../src/server/app.ts';
import { readConfig } from '../src/server/config.ts';

/** What shows that a view is there. */
const DRAWN = '#result .value b, #matrix .tree, .operation, #neighbors li, #matches li, #stored li';

const folder = new URL('../docs/screenshots/', import.meta.url);

interface Shot {
  readonly name: string;
  /** The page, below the service's address; the first one where absent. */
  readonly at?: string;
  readonly link: string;
  readonly width: number;
  readonly height: number;
  readonly dark?: boolean;
  /** What to do before the picture is taken. */
  readonly act?: (page: Page) => Promise<void>;
}

const shots: readonly Shot[] = [
  {
    name: 'pair-light',
    link: '',
    width: 1440,
    height: 1760,
    async act(page) {
      await page.getByRole('button', { name: /^Compute all/ }).click();
      await page.getByRole('button', { name: /^Compute all/ }).waitFor();
      await page
        .getByText(/step by step/)
        .first()
        .waitFor();
    },
  },
  {
    name: 'soft-dark',
    link: 'metric=soft-dtw&p.gamma=0.1',
    width: 1440,
    height: 1760,
    dark: true,
    async act(page) {
      await page.getByRole('button', { name: 'Pull s1 towards s2' }).click();
      await page.getByText(/^From /).waitFor();
    },
  },
  {
    name: 'matrix-light',
    link: 'view=matrix&dataset=coffee&example=coffee',
    width: 1440,
    height: 1660,
    act: (page) => page.locator('#group-figure .barycenter').waitFor(),
  },
  {
    name: 'import-light',
    link: '',
    width: 1440,
    height: 900,
    async act(page) {
      const file = fileURLToPath(new URL('../test/fixtures/files/instrument.csv', import.meta.url));
      await page.click('.series-field.s1 summary');
      await page.setInputFiles('#s1-file', file);
      await page.getByRole('button', { name: 'Change how it is read' }).click();
    },
  },
  {
    name: 'neighbours-light',
    link: 'view=neighbors&dataset=gun-point',
    width: 1440,
    height: 1130,
    async act(page) {
      await page.locator('#neighbors li').first().waitFor();
      const box = await page.locator('#query .pad').boundingBox();
      if (!box) return;
      const at = (x: number, y: number) => [box.x + box.width * x, box.y + box.height * y] as const;
      await page.mouse.move(...at(0.001, 0.78));
      await page.mouse.down();
      for (let x = 0.01; x < 1; x += 0.009) {
        const wide = 1 / (1 + Math.exp(-60 * (x - 0.33))) - 1 / (1 + Math.exp(-50 * (x - 0.72)));
        await page.mouse.move(...at(x, 0.78 - 0.45 * wide + 0.01 * Math.sin(40 * x)));
      }
      await page.mouse.up();
      await page.mouse.move(0, 0);
      await page.waitForTimeout(600);
    },
  },
  {
    name: 'search-dark',
    link: 'view=search&dataset=gun-point&part=900-1049',
    width: 1440,
    height: 1250,
    dark: true,
    act: (page) => page.locator('#matches li').nth(4).waitFor(),
  },
  {
    name: 'stored-light',
    link: 'view=stored',
    width: 1440,
    height: 1000,
    async act(page) {
      await page.getByText('Look inside').nth(1).click();
      await page.locator('#stored .thumbnails path').first().waitFor();
      const bar = page.locator('#jobs progress:not([hidden])').first();
      while (Number(await bar.getAttribute('value')) < 0.2) await page.waitForTimeout(100);
    },
  },
  { name: 'api-dark', at: 'docs/', link: 'dtw', width: 1440, height: 1100, dark: true },
  { name: 'pair-phone', link: 'example=italy-power&metric=msm', width: 390, height: 1500 },
  {
    name: 'pair-phone-dark',
    link: 'example=pickup-gesture&p.sakoe_chiba_radius=20',
    width: 390,
    height: 1500,
    dark: true,
  },
];

const store = await mkdtemp(join(tmpdir(), 'warpserve-screenshots-'));
const env = { LOG_LEVEL: 'warn', WORKERS: '2', PORT: '0', STORE_URL: `file:${store}`, TILE_MS: '300' };
const app = await buildApp(readConfig(env));
await app.listen({ host: '127.0.0.1', port: 0 });
await fill(app.listeningOrigin);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--hide-scrollbars'],
});
await mkdir(folder, { recursive: true });
const wanted = process.argv.slice(2);
for (const { name, at = '', link, width, height, dark, act } of shots) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const page = await browser.newPage({
    viewport: { width, height },
    colorScheme: dark ? 'dark' : 'light',
    deviceScaleFactor: width < 500 ? 2 : 1,
  });
  await page.goto(`${app.listeningOrigin}/${at}#${link}`);
  await page.locator(DRAWN).filter({ visible: true }).first().waitFor();
  await act?.(page);
  await page.waitForTimeout(400);
  await page.screenshot({ path: new URL(`${name}.png`, folder).pathname });
  await page.close();
  console.log(`docs/screenshots/${name}.png`);
}
await browser.close();
await app.close();
await rm(store, { recursive: true });

/** Stores a few data sets, and asks for jobs about them. */
async function fill(url: string): Promise<void> {
  const put = (name: string, body: string) => fetch(`${url}/datasets/${name}`, { method: 'PUT', body });
  const read = (name: string) => readFile(new URL(`../${name}`, import.meta.url), 'utf8');
  await put('gunpoint', await read('examples/data/GunPoint_TRAIN.txt'));
  for (const name of ['coffee', 'italy-power']) {
    const { series } = JSON.parse(await read(`page/examples/${name}.json`)) as {
      series: { label: string; values: number[] }[];
    };
    const labels = series.map(({ label }) => label);
    await put(name, JSON.stringify({ series: series.map(({ values }) => values), labels }));
  }
  const waves = Array.from({ length: 900 }, (_, k) =>
    Array.from({ length: 300 }, (_, t) => Math.round(100 * Math.sin(t / (8 + (k % 9)) + k)) / 100),
  );
  await put('vibrations', JSON.stringify(waves));
  const job = (path: string, body: object) =>
    fetch(`${url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', prefer: 'respond-async' },
      body: JSON.stringify(body),
    });
  await job('/dtw/cdist', { dataset1: 'gunpoint' });
  await job('/soft-dtw/cdist', { dataset1: 'coffee', gamma: 0.1 });
  await job('/twe/cdist', { dataset1: 'vibrations' });
}
