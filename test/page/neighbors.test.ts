import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { neighbors } from '../../src/core/index.ts';
import { AT_ONCE, noBrowser } from './browser.ts';
import { servedPage } from './served-page.ts';
import { load, shownValue, showsValue } from './shown.ts';

const example = (name: string) =>
  (
    JSON.parse(readFileSync(new URL(`../../page/examples/${name}.json`, import.meta.url), 'utf8')) as {
      series: { label: string; index: number; values: number[] }[];
    }
  ).series;

/** The next request for neighbours. */
const asked = async (page: Page) =>
  (await page.waitForRequest((request) => request.url().endsWith('/neighbors'))).postDataJSON() as {
    queries: number[][];
    candidates: unknown;
    k: number;
  };

/** What is listed, once it answers the query. */
async function listed(page: Page, query: number[], candidates: number[][]): Promise<string[]> {
  const { values } = neighbors('dtw', [query], candidates, { k: 6 });
  const expected = (values[0] ?? []).map((value) => value.toPrecision(6));
  await page.waitForFunction(
    (wanted) => [...document.querySelectorAll('#neighbors .number')].map((one) => one.textContent).join() === wanted,
    expected.join(),
  );
  return page.locator('#neighbors li button').allTextContents();
}

describe('the nearest of a drawing', { skip: noBrowser, concurrency: AT_ONCE }, () => {
  const open = servedPage();

  it('are those that the library finds for a sketch at first and for what is drawn with the mouse, and open as a pair', async () => {
    const { page, faults } = await open();
    await shownValue(page);
    const series = example('gun-point');
    const first = asked(page);
    await page.getByRole('radio', { name: 'Nearest neighbours' }).check();
    const { queries, k } = await first;
    assert.equal(k, 6);
    await listed(
      page,
      queries[0] as number[],
      series.map(({ values }) => values),
    );
    const pad = page.locator('#query .pad');
    assert.ok((await pad.locator('.member').count()) > 3, 'series of the data set are behind it');
    const box = await pad.boundingBox();
    if (!box) throw new Error('there is nothing to draw on');
    const next = asked(page);
    await page.mouse.move(box.x + 5, box.y + box.height * 0.7);
    await page.mouse.down();
    for (const [x, y] of [
      [0.3, 0.7],
      [0.4, 0.15],
      [0.6, 0.15],
      [0.7, 0.7],
      [0.99, 0.7],
    ] as const) {
      await page.mouse.move(box.x + box.width * x, box.y + box.height * y, { steps: 4 });
    }
    await page.mouse.up();
    const { queries: drawn } = await next;
    const names = await listed(
      page,
      drawn[0] as number[],
      series.map(({ values }) => values),
    );
    assert.equal(names.length, 6);
    const { indices, values } = neighbors(
      'dtw',
      drawn,
      series.map(({ values }) => values),
      { k: 1 },
    );
    const nearest = series[indices[0]?.[0] as number];
    assert.equal(names[0], `1. ${nearest?.label} (GunPoint ${nearest?.index})`);
    await page.locator('#neighbors li button').first().click();
    await showsValue(page, values[0]?.[0] as number);
    // Back takes it back, once it is a step.
    await page.waitForFunction(() => !location.hash.includes('view='));
    await page.goBack();
    await page.locator('#neighbors li').first().waitFor();
    assert.deepEqual(faults, []);
  });

  it('are found for a finger’s drawing in a stored data set, on a phone', async () => {
    const { page, faults } = await open('', { hasTouch: true, viewport: { width: 390, height: 844 } });
    const { series } = { series: example('italy-power').map(({ values }) => values) };
    await fetch(new URL('/datasets/days', page.url()), {
      method: 'PUT',
      body: JSON.stringify(series),
      headers: { 'content-type': 'application/json' },
    });
    const first = asked(page);
    await load(page, '#view=neighbors&dataset=stored:days');
    assert.equal((await first).candidates, 'days');
    await page.locator('#neighbors li').nth(5).waitFor();
    const pad = page.locator('#query .pad');
    await pad.scrollIntoViewIfNeeded();
    const box = await pad.boundingBox();
    if (!box) throw new Error('there is nothing to draw on');
    const session = await page.context().newCDPSession(page);
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', x = 0, y = 0) =>
      session.send('Input.dispatchTouchEvent', {
        type,
        touchPoints: type === 'touchEnd' ? [] : [{ x: box.x + x * box.width, y: box.y + y * box.height }],
      });
    const next = asked(page);
    await touch('touchStart', 0.05, 0.8);
    for (let x = 0.1; x < 0.95; x += 0.1) await touch('touchMove', x, 0.5 - 0.3 * Math.sin(6 * x));
    await touch('touchEnd');
    const { queries } = await next;
    await listed(page, queries[0] as number[], series);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(overflow <= 0, `${overflow} pixels too wide`);
    assert.deepEqual(faults, []);
  });

  it('takes one of the series where they have channels, which cannot be drawn', async () => {
    const { page, faults } = await open('#view=neighbors&dataset=basic-motions');
    await page.getByText(/Series of 3 channels cannot be drawn/).waitFor();
    await page.selectOption('#query-from', '2');
    await page.waitForFunction(() => document.querySelector('#neighbors .number')?.textContent === '0.00000');
    assert.deepEqual(faults, []);
  });
});
