// Takes the screenshots in docs/ of the built page: `npm run build && npm run screenshots`. Needs Chromium.
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { chromium, type Page } from 'playwright-core';
import { buildApp } from '../src/server/app.ts';
import { readConfig } from '../src/server/config.ts';

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
    height: 1560,
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

const app = await buildApp(readConfig({ LOG_LEVEL: 'warn', WORKERS: '2', PORT: '0' }));
await app.listen({ host: '127.0.0.1', port: 0 });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--hide-scrollbars'],
});
await mkdir(folder, { recursive: true });
for (const { name, at = '', link, width, height, dark, act } of shots) {
  const page = await browser.newPage({
    viewport: { width, height },
    colorScheme: dark ? 'dark' : 'light',
    deviceScaleFactor: width < 500 ? 2 : 1,
  });
  await page.goto(`${app.listeningOrigin}/${at}#${link}`);
  await page.locator('#result .value b, #matrix .tree, .operation').first().waitFor();
  await act?.(page);
  await page.waitForTimeout(400);
  await page.screenshot({ path: new URL(`${name}.png`, folder).pathname });
  await page.close();
  console.log(`docs/screenshots/${name}.png`);
}
await browser.close();
await app.close();
