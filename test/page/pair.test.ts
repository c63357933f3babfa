import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { dtw, metrics } from '../../src/core/index.ts';
import { AT_ONCE, noBrowser } from './browser.ts';
import { servedPage } from './served-page.ts';
import { pathOf, shownValue } from './shown.ts';

describe('the page of a pair', { skip: noBrowser, concurrency: AT_ONCE }, () => {
  const open = servedPage();

  it('draws two real series, their matches, their gradient and the path, at once', async () => {
    const { page, faults } = await open();
    assert.match(await shownValue(page), /^\d+\.\d+$/);
    const matches = await page.locator('#alignment .links path').last().getAttribute('d');
    assert.ok((matches?.match(/M/g) ?? []).length > 50);
    assert.equal(await page.locator('#alignment .arrows').count(), 2);
    assert.match((await pathOf(page)) ?? '', /^M/);
    assert.match(
      (await page.locator('.meta').textContent()) ?? '',
      /numpy, float64 · .* ms computing · .* ms in the service/,
    );
    assert.deepEqual(faults, []);
  });

  it('shows another example, and another value and path for another metric', async () => {
    const { page, faults } = await open();
    const first = await shownValue(page);
    await page.selectOption('#example', 'italy-power');
    const second = await shownValue(page, first);
    const path = await pathOf(page);
    await page.selectOption('#metric', 'msm');
    const third = await shownValue(page, second);
    assert.equal(new Set([first, second, third]).size, 3);
    assert.notEqual(await pathOf(page), path);
    assert.deepEqual(faults, []);
  });

  it('has every metric of the service with a field for each of its parameters, and answers for all', async () => {
    const { page, faults } = await open();
    const first = await shownValue(page);
    await page.selectOption('#example', 'italy-power');
    await shownValue(page, first);
    for (const { name, params } of metrics) {
      await page.selectOption('#metric', name);
      const names = Object.keys(params.shape).filter((one) => one !== 'compute_with_backend');
      const labels = await page.locator('#fields label').allTextContents();
      assert.deepEqual(labels.toSorted(), names.toSorted(), name);
      await page.waitForFunction((wanted) => document.querySelector('output.value code')?.textContent === wanted, name);
      assert.equal(await page.locator('.error:not(:empty)').count(), 0, name);
    }
    assert.deepEqual(faults, []);
  });

  it('takes pasted series, and shows the value that the library has', async () => {
    const { page, faults } = await open();
    const before = await shownValue(page);
    await page.click('.series-field.s1 summary');
    await page.fill('#s1-text', '1, 2, 3');
    const between = await shownValue(page, before);
    await page.click('.series-field.s2 summary');
    await page.fill('#s2-text', '[3, 4, -3]');
    assert.equal(await shownValue(page, between), dtw([1, 2, 3], [3, 4, -3]).toPrecision(6));
    assert.deepEqual(faults, []);
  });
});
