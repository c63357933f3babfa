// How fast the page is: from opening it to the alignment drawn, and frames while dragging gamma for two series of 500 steps.
//   npm run build && node bench/page.ts
import { cpus } from 'node:os';
import { chromium, type Page } from 'playwright-core';
import { buildApp } from '../src/server/app.ts';
import { readConfig } from '../src/server/config.ts';

const LOADS = 10;
const SECONDS = 5;

const app = await buildApp(readConfig({ LOG_LEVEL: 'warn', PORT: '0' }));
await app.listen({ host: '127.0.0.1', port: 0 });
const url = app.listeningOrigin;
while ((await fetch(`${url}/readyz`)).status !== 200) await new Promise((done) => setTimeout(done, 50));
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic'],
});
console.log(`Node ${process.version}, Chromium ${browser.version()}, ${cpus().length} x ${cpus()[0]?.model}`);

const loads: number[] = [];
for (let k = 0; k < LOADS; k++) loads.push(await load());
console.log(`first load, empty cache, to the alignment drawn: ${spread(loads, 'ms')}`);

const { frames, answers } = await drag();
const long = frames.filter((ms) => ms > 25).length;
console.log(
  `gamma dragged, 500 x 500, ${frames.length} frames: ${spread(frames, 'ms a frame')}, ${long} longer than 25 ms`,
);
console.log(
  `frames a second: ${((1000 * frames.length) / frames.reduce((sum, ms) => sum + ms)).toFixed(1)}; answers drawn a second: ${(answers / SECONDS).toFixed(1)}`,
);
await browser.close();
await app.close();

/** Milliseconds from the start of the navigation to the frame that shows the matches. */
async function load(): Promise<number> {
  const page = await browser.newPage();
  await page.addInitScript(() => {
    new MutationObserver((_, observer) => {
      if (!document.querySelector('#alignment .links path[d^=M]')) return;
      observer.disconnect();
      requestAnimationFrame(() => setTimeout(() => Object.assign(globalThis, { drawn: performance.now() })));
    }).observe(document, { childList: true, subtree: true });
  });
  await page.goto(url);
  const drawn = await page.waitForFunction(() => (globalThis as { drawn?: number }).drawn);
  const ms = (await drawn.jsonValue()) as number;
  await page.close();
  return ms;
}

/** Moves the slider back and forth a little in each frame. */
async function drag(): Promise<{ frames: number[]; answers: number }> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 1000 } });
  await page.goto(`${url}/#metric=soft-dtw`);
  await page.locator('output.value b').waitFor();
  for (const [name, phase] of Object.entries({ s1: 0, s2: 0.6 })) await enter(page, name, phase);
  await page.waitForTimeout(1000);
  return await page.evaluate(async (seconds) => {
    const slider = document.querySelector('#fields input[type=range]') as HTMLInputElement;
    const value = document.querySelector('output.value b') as Element;
    const frames: number[] = [];
    let answers = -1;
    let [before, start] = [performance.now(), performance.now()];
    let last: string | null = '';
    while (before - start < seconds * 1000) {
      slider.valueAsNumber = Math.sin((before - start) / 700);
      slider.dispatchEvent(new Event('input'));
      const now = await new Promise<number>((done) => requestAnimationFrame(done));
      if (now > before) frames.push(now - before);
      before = now;
      const shown = document.querySelector('output.value b') ?? value;
      if (shown.textContent !== last) answers++;
      last = shown.textContent;
    }
    return { frames, answers };
  }, SECONDS);
}

async function enter(page: Page, name: string, phase: number): Promise<void> {
  const values = Array.from({ length: 500 }, (_, k) => Math.sin(k / 30 + phase) + Math.sin(k / 7 - phase) / 4);
  await page.click(`.series-field.${name} summary`);
  await page.fill(`#${name}-text`, JSON.stringify(values));
  await page.click(`.series-field.${name} summary`);
}

function spread(numbers: readonly number[], unit: string): string {
  const sorted = numbers.toSorted((a, b) => a - b);
  const at = (part: number) => (sorted[Math.floor(part * (sorted.length - 1))] as number).toFixed(1);
  return `median ${at(0.5)} ${unit}, 95 % below ${at(0.95)}, least ${at(0)}`;
}
