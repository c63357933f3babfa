import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { matchingCurve } from '../../page/data/matching-curve.ts';
import { dtw, subsequence } from '../../src/core/index.ts';
import { AT_ONCE, noBrowser } from './browser.ts';
import { servedPage } from './served-page.ts';
import { load, showsValue } from './shown.ts';

const wave = Array.from({ length: 700 }, (_, t) => Number((Math.sin(t / 11) + Math.sin(t / 47) / 2).toFixed(4)));

/** The matches that are listed, once they are those of the library. */
async function listed(page: Page, query: readonly number[], k = 5, radius?: number): Promise<void> {
  const { matches } = subsequence('dtw', query, wave, {
    k,
    ...(radius !== undefined && { sakoe_chiba_radius: radius }),
  });
  const expected = matches.map(
    ({ start, end, value }, rank) => `${rank + 1}. steps ${start} to ${end}${value.toPrecision(6)}`,
  );
  await page.waitForFunction(
    (wanted) =>
      [...document.querySelectorAll('#matches li')]
        .map((one) => `${one.querySelector('button')?.textContent}${one.querySelector('.number')?.textContent}`)
        .join() === wanted,
    expected.join(),
  );
}

describe('a search in a long series', { skip: noBrowser, concurrency: AT_ONCE }, () => {
  const open = servedPage();

  it('finds what is dragged across, draws how well it matches everywhere, and opens a match as a pair', async () => {
    const { page, faults } = await open('#view=search');
    await page.locator('#matches li').first().waitFor();
    await page.setInputFiles('#long-file', {
      name: 'wave.csv',
      mimeType: '',
      buffer: Buffer.from(`wave\n${wave.join('\n')}\n`),
    });
    await page.getByText(/ in wave under dtw; no two share a step/).waitFor();
    const plot = page.locator('#search .plot');
    await plot.scrollIntoViewIfNeeded();
    const box = await plot.boundingBox();
    if (!box) throw new Error('there is no picture');
    const asked = page.waitForRequest((request) => request.url().endsWith('/dtw/subsequence'));
    await page.mouse.move(box.x + 200, box.y + 100);
    await page.mouse.down();
    await page.mouse.move(box.x + 290, box.y + 110, { steps: 5 });
    await page.mouse.up();
    const { query, series } = (await asked).postDataJSON() as { query: number[]; series: number[] };
    assert.deepEqual(series, wave);
    const at = wave.findIndex((_, t) => query.every((value, k) => value === wave[t + k]));
    assert.ok(at > 50 && query.length > 40, `${query.length} steps from ${at}`);
    await listed(page, query);
    assert.equal(await page.locator('#search .matched').count(), 5);
    assert.equal(await page.locator('#search .found-end').count(), 5);
    await page.mouse.move(box.x + 240, box.y + 100);
    assert.match(
      (await page.locator('.tooltip').textContent()) ?? '',
      /step \d+ = .*best match that ends here .*in match 1/,
    );
    await page.getByRole('spinbutton', { name: 'Matches' }).fill('3');
    await page.getByLabel('sakoe_chiba_radius', { exact: true }).fill('4');
    await listed(page, query, 3, 4);
    const { matches } = subsequence('dtw', query, wave, { k: 3, sakoe_chiba_radius: 4 });
    await page.locator('#matches li button').nth(1).click();
    await page.getByLabel('sakoe_chiba_radius', { exact: true }).fill('');
    const second = wave.slice(matches[1]?.start, (matches[1]?.end ?? 0) + 1);
    await showsValue(page, dtw(query, second));
    assert.deepEqual(faults, []);
  });

  it('comes back from its address, and searches under dtw where the metric has no search', async () => {
    const { page, faults } = await open('#view=search&dataset=italy-power&part=24-47&metric=msm');
    await page
      .getByText(/steps 24 to 47 in \d+ series, one after another under dtw, since msm has no search/)
      .waitFor();
    assert.equal(await page.locator('#matches .number').first().textContent(), '0.00000');
    await page.selectOption('#long', 's1');
    await page.getByText(/ in .*\(GunPoint 0\) under dtw/).waitFor();
    assert.deepEqual(faults, []);
  });

  it('names a stored series in place of its values, also of a data set that the page does not hold', async () => {
    const { page, faults } = await open();
    const put = (name: string, series: unknown) =>
      fetch(new URL(`/datasets/${name}`, page.url()), {
        method: 'PUT',
        body: JSON.stringify(series),
        headers: { 'content-type': 'application/json' },
      });
    await put('waves', [[1, 2, 3, 2, 1, 0], wave]);
    await put(
      'numerous',
      Array.from({ length: 1001 }, (_, k) => (k === 2 ? wave : [k, 1, 2, k, 3])),
    );
    const sent: { query: number[]; series: unknown }[] = [];
    page.on('request', (request) => {
      if (request.url().endsWith('/dtw/subsequence')) sent.push(request.postDataJSON());
    });
    await load(page, '#view=search&dataset=stored:waves');
    await page.locator('#matches li').first().waitFor();
    await page.selectOption('#long', '1');
    await page.getByText(/ in waves 1 under dtw/).waitFor();
    assert.deepEqual(sent.at(-1)?.series, { dataset: 'waves', index: 1 });
    await listed(page, sent.at(-1)?.query ?? []);
    await page.locator('#dataset option[value="stored:numerous"]').waitFor({ state: 'attached' });
    await page.selectOption('#dataset', 'stored:numerous');
    await page.getByText(/ in numerous 0 under dtw/).waitFor();
    await page.selectOption('#long', 'stored:2');
    await page.getByText(/ in numerous 2 under dtw/).waitFor();
    assert.deepEqual(sent.at(-1)?.series, { dataset: 'numerous', index: 2 });
    await listed(page, sent.at(-1)?.query ?? []);
    await page.getByLabel('z-normalise').check();
    await page.waitForFunction(() => document.querySelector('#request')?.textContent?.includes('"series": ['));
    assert.deepEqual(faults, []);
  });

  it('takes a part by a finger on a phone', async () => {
    const { page, faults } = await open('#view=search', { hasTouch: true, viewport: { width: 390, height: 844 } });
    await page.locator('#matches li').first().waitFor();
    const plot = page.locator('#search .plot');
    await plot.scrollIntoViewIfNeeded();
    const box = await plot.boundingBox();
    if (!box) throw new Error('there is no picture');
    const session = await page.context().newCDPSession(page);
    const before = await page.textContent('#search-note');
    await session.send('Input.dispatchTouchEvent', {
      type: 'touchStart',
      touchPoints: [{ x: box.x + 100, y: box.y + 80 }],
    });
    for (let x = 110; x <= 180; x += 10) {
      await session.send('Input.dispatchTouchEvent', {
        type: 'touchMove',
        touchPoints: [{ x: box.x + x, y: box.y + 81 }],
      });
    }
    await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    await page.waitForFunction((old) => document.querySelector('#search-note')?.textContent !== old, before);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(overflow <= 0, `${overflow} pixels too wide`);
    assert.deepEqual(faults, []);
  });
});

describe('the matching curve', () => {
  const rows = (series: readonly number[]) => series.map((value) => [value]);
  const query = [0, 1.5, -1, 0.5];
  const series = Array.from({ length: 19 }, (_, t) => Math.sin(t * t) + Math.sin(t / 3));
  /** The least dtw of the query and a part that ends at `end`, of all parts that `fits` lets. */
  const best = (end: number, fits: (start: number) => boolean, within: object = {}) =>
    Math.min(
      ...Array.from({ length: end + 1 }, (_, start) => start)
        .filter(fits)
        .map((start) => dtw(query, series.slice(start, end + 1), within)),
    );

  it('has at each step the least dtw of all parts that end there', () => {
    const curve = matchingCurve(rows(query), rows(series), undefined);
    series.forEach((_, end) => {
      assert.ok(Math.abs((curve?.[end] as number) - best(end, () => true)) < 1e-12, `${end}`);
    });
  });

  it('has with a radius only those whose lengths it allows, and its least is the value of the best match', () => {
    for (const radius of [0, 1, 2]) {
      const curve = matchingCurve(rows(query), rows(series), radius);
      const [match] = subsequence('dtw', query, series, { sakoe_chiba_radius: radius }).matches;
      assert.ok(Math.abs(Math.min(...(curve ?? [])) - (match?.value as number)) < 1e-12);
      assert.equal(curve?.indexOf(Math.min(...curve)), match?.end);
      assert.equal(curve?.[1], radius < 2 ? Number.POSITIVE_INFINITY : curve?.[1]);
    }
  });

  it('counts every channel, and is left out where it would take long', () => {
    const two = (values: readonly number[]) => values.map((value) => [value, -2 * value]);
    const [one, other] = [rows(query), rows(series)].map((_, k) => (k === 0 ? query : series));
    const curve = matchingCurve(two(one as number[]), two(other as number[]), undefined);
    const single = matchingCurve(rows(query), rows(series), undefined);
    assert.ok(Math.abs((curve?.[9] as number) - Math.sqrt(5) * (single?.[9] as number)) < 1e-12);
    const long = Array.from({ length: 100_000 }, () => [0]);
    assert.equal(matchingCurve(long.slice(0, 1000), long, undefined), undefined);
  });
});
