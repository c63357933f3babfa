import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { faultsOf } from './axe.ts';
import { AT_ONCE, noBrowser } from './browser.ts';
import { drop } from './drop.ts';
import { servedPage } from './served-page.ts';
import { pathOf, shownValue } from './shown.ts';

describe('the page for everybody', { skip: noBrowser, concurrency: AT_ONCE }, () => {
  const open = servedPage();

  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of [360, 1440]) {
      it(`has no serious accessibility violation found by axe, ${colorScheme}, ${width} pixels wide`, async () => {
        const viewport = { width, height: 900 };
        const { page, faults } = await open('', { colorScheme, viewport, bypassCSP: true });
        await shownValue(page);
        assert.deepEqual(await faultsOf(page), []);
        await page.click('.series-field.s1 summary');
        await page.selectOption('#metric', 'soft-dtw');
        await page.locator('#cost .tabs').waitFor();
        assert.deepEqual(await faultsOf(page), []);
        await drop(page, [['own.csv', 'a;b\n1,5;2\n2;3\n3;2']]);
        await page.getByRole('button', { name: 'Change how it is read' }).click();
        await page.locator('dialog').waitFor();
        assert.deepEqual(await faultsOf(page), []);
        await page.keyboard.press('Escape');
        await page.locator('dialog').waitFor({ state: 'hidden' });
        await page.getByLabel('A data set', { exact: true }).check();
        await page.locator('#matrix .tree').waitFor();
        assert.deepEqual(await faultsOf(page), []);
        assert.ok((await overflow(page)) <= 0, `${await overflow(page)} pixels too wide`);
        await page.getByRole('radio', { name: 'Nearest neighbours' }).check();
        await page.locator('#neighbors li svg').first().waitFor();
        assert.deepEqual(await faultsOf(page), []);
        assert.ok((await overflow(page)) <= 0, `neighbours: ${await overflow(page)} pixels too wide`);
        await page.getByRole('radio', { name: 'A long series' }).check();
        await page.locator('#matches li svg').first().waitFor();
        assert.deepEqual(await faultsOf(page), []);
        assert.ok((await overflow(page)) <= 0, `search: ${await overflow(page)} pixels too wide`);
        await fetch(new URL('/datasets/a-name-that-is-rather-long', page.url()), {
          method: 'PUT',
          body: '[[1,2],[2,3]]',
        });
        await page.getByRole('radio', { name: 'Stored data and jobs' }).check();
        await page.getByText('Look inside').first().click();
        await page.locator('#stored .thumbnails path').first().waitFor();
        await page.setInputFiles('#upload-file', {
          name: 'a.json',
          mimeType: '',
          buffer: Buffer.from('[[1,2],[2,3]]'),
        });
        assert.deepEqual(await faultsOf(page), []);
        assert.ok((await overflow(page)) <= 0, `stored: ${await overflow(page)} pixels too wide`);
        assert.deepEqual(faults, []);
      });
    }
  }

  it('works with the keyboard alone', async () => {
    const { page, faults } = await open();
    const before = await shownValue(page);
    await tabTo(page, '#example');
    await page.keyboard.press('ArrowDown');
    const second = await shownValue(page, before);
    await tabTo(page, '#metric');
    await page.keyboard.type('erp');
    assert.notEqual(await shownValue(page, second), second);
    assert.match((await pathOf(page)) ?? '', /^M/);
    await tabTo(page, '#cost .plot');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Shift+ArrowRight');
    assert.match((await page.textContent('#readout')) ?? '', /^s1\[1\] = .* · s2\[10\] = /);
    assert.equal(await page.locator('#alignment .cross circle').count(), 2);
    assert.deepEqual(faults, []);
  });
});

/** By how many pixels the page is too wide. */
const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

/** Presses Tab until the element has the focus, and sees that the focus shows. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 60; presses++) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector);
    if (!focused) continue;
    const outline = await page.evaluate(() => getComputedStyle(document.activeElement as Element).outlineStyle);
    assert.notEqual(outline, 'none');
    return;
  }
  assert.fail(`Tab does not reach ${selector}`);
}
