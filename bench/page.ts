// How fast and how large the page is: from opening it to the alignment drawn, frames while dragging gamma for two series of 500 steps and while
// zooming into two of 5,000, and the bytes that a first visit sends, compressed with gzip.
//   npm run build && node bench/page.ts
import { get } from 'node:http';
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
console.log(`gamma dragged, 500 x 500: ${rate(frames)}; answers drawn a second: ${(answers / SECONDS).toFixed(1)}`);
console.log(`zooming, 5,000 x 5,000: ${rate(await zoom())}`);
console.log(`nothing but frames, for comparison: ${rate(await idle())}`);
console.log(`bytes of a first visit, gzip: ${await firstVisit()}`);
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

/** Enlarges and shrinks around the middle in each frame, by the wheel. */
async function zoom(): Promise<number[]> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 1000 } });
  await page.goto(url);
  await page.locator('output.value b').waitFor();
  for (const [name, phase] of Object.entries({ s1: 0, s2: 0.6 })) await enter(page, name, phase, 5000);
  await page.waitForTimeout(2000);
  return await page.evaluate(async (seconds) => {
    const plot = document.querySelector('#alignment .plot') as HTMLElement;
    const { left, width } = plot.getBoundingClientRect();
    const frames: number[] = [];
    let [before, start] = [performance.now(), performance.now()];
    while (before - start < seconds * 1000) {
      const deltaY = Math.sin((before - start) / 600) > 0 ? -14 : 14;
      plot.dispatchEvent(
        new WheelEvent('wheel', { deltaY, ctrlKey: true, clientX: left + width / 2, cancelable: true }),
      );
      const now = await new Promise<number>((done) => requestAnimationFrame(done));
      if (now > before) frames.push(now - before);
      before = now;
    }
    return frames;
  }, SECONDS);
}

/** Frames of a page that draws nothing: what the machine gives. */
async function idle(): Promise<number[]> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 1000 } });
  await page.goto(url);
  await page.waitForTimeout(1500);
  return await page.evaluate(async (seconds) => {
    const frames: number[] = [];
    let [before, start] = [performance.now(), performance.now()];
    while (before - start < seconds * 1000) {
      const now = await new Promise<number>((done) => requestAnimationFrame(done));
      if (now > before) frames.push(now - before);
      before = now;
    }
    return frames;
  }, SECONDS);
}

/** What is fetched until the alignment is drawn, as gzip sends it. */
async function firstVisit(): Promise<string> {
  const page = await browser.newPage();
  const seen: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'GET') seen.push(request.url());
  });
  await page.goto(url);
  await page.locator('#alignment .links path').first().waitFor({ state: 'attached' });
  await page.waitForTimeout(500);
  const sizes = await Promise.all([...new Set(seen)].map(sizeOf));
  await page.close();
  return `${(sizes.reduce((sum, size) => sum + size, 0) / 1000).toFixed(0)} kB in ${sizes.length} files`;
}

/** Bytes of a response as they travel. */
function sizeOf(address: string): Promise<number> {
  return new Promise((resolve, reject) => {
    get(address, { headers: { 'accept-encoding': 'gzip' } }, (response) => {
      let bytes = 0;
      response.on('data', (piece: Buffer) => {
        bytes += piece.length;
      });
      response.on('end', () => resolve(bytes));
    }).on('error', reject);
  });
}

/** Frames a second, and how many were late. */
function rate(frames: readonly number[]): string {
  const late = frames.filter((ms) => ms > 25).length;
  const second = (1000 * frames.length) / frames.reduce((sum, ms) => sum + ms);
  return `${second.toFixed(1)} frames a second, ${late} of ${frames.length} longer than 25 ms (${spread(frames, 'ms')})`;
}

async function enter(page: Page, name: string, phase: number, length = 500): Promise<void> {
  const values = Array.from({ length }, (_, k) => Math.sin(k / 30 + phase) + Math.sin(k / 7 - phase) / 4);
  await page.click(`.series-field.${name} summary`);
  await page.fill(`#${name}-text`, JSON.stringify(values));
  await page.click(`.series-field.${name} summary`);
}

function spread(numbers: readonly number[], unit: string): string {
  const sorted = numbers.toSorted((a, b) => a - b);
  const at = (part: number) => (sorted[Math.floor(part * (sorted.length - 1))] as number).toFixed(1);
  return `median ${at(0.5)} ${unit}, 95 % below ${at(0.95)}, least ${at(0)}`;
}
