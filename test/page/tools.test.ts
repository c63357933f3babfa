import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { leaveOneOut } from '../../page/data/leave-one-out.ts';
import { cdist, evaluate, metrics } from '../../src/core/index.ts';
import { AT_ONCE, noBrowser } from './browser.ts';
import { drop } from './drop.ts';
import { servedPage } from './served-page.ts';
import { shownValue, showsValue } from './shown.ts';

/** What a button saves. */
async function saved(page: Page, label: string): Promise<Buffer> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: label }).click(),
  ]);
  return readFileSync(await download.path());
}

/** Waits until a choice is a step of the history. */
const settled = (page: Page, at: number) => page.waitForFunction((place) => history.state?.at === place, at);

describe('the tools of the page', { skip: noBrowser, concurrency: AT_ONCE }, () => {
  const open = servedPage();

  it('takes choices back and again: by its buttons, the keys, and the browser’s Back', async () => {
    const { page, faults } = await open();
    const first = await shownValue(page);
    await settled(page, 0);
    await page.selectOption('#metric', 'msm');
    const second = await shownValue(page, first);
    await settled(page, 1);
    await drop(page, [['own.json', '{"s1": [1, 2, 3], "s2": [2, 4, 5]}']]);
    const third = await shownValue(page, second);
    await settled(page, 2);
    await page.goBack();
    assert.equal(await shownValue(page, third), second);
    await page.getByRole('button', { name: 'Undo' }).click();
    assert.equal(await shownValue(page, second), first);
    assert.equal(await page.inputValue('#metric'), 'dtw');
    assert.ok(await page.getByRole('button', { name: 'Undo' }).isDisabled());
    await page.keyboard.press('Control+Shift+z');
    assert.equal(await shownValue(page, first), second);
    await page.getByRole('button', { name: 'Redo' }).click();
    assert.equal(await shownValue(page, second), third);
    assert.ok(await page.getByRole('button', { name: 'Redo' }).isDisabled());
    await page.keyboard.press('Control+z');
    assert.equal(await shownValue(page, third), second);
    await settled(page, 1);
    await page.selectOption('#metric', 'twe');
    await settled(page, 2);
    assert.ok(await page.getByRole('button', { name: 'Redo' }).isDisabled());
    assert.deepEqual(faults, []);
  });

  it('offers the text to copy by hand where the clipboard is refused', async () => {
    const { page, faults } = await open();
    await shownValue(page);
    await page.evaluate(() => {
      navigator.clipboard.writeText = () => Promise.reject(new DOMException('no', 'NotAllowedError'));
      document.execCommand = () => false;
    });
    await page.getByRole('button', { name: 'Copy link' }).click();
    assert.match(await page.getByLabel('Copy this by hand').inputValue(), /^http.*#metric=dtw/);
    assert.deepEqual(faults, []);
  });

  it('has all metrics of the pair in one table, sorted as one likes', async () => {
    const { page, faults } = await open();
    const before = await shownValue(page);
    const [s1, s2] = [
      [0, 1, 3, 2, 1, 0, 2, 1, 0, 1, 2, 0],
      [0, 0, 2, 3, 1, 1, 0, 2, 1, 0, 1, 1],
    ];
    await drop(page, [['own.json', JSON.stringify({ s1, s2 })]]);
    await shownValue(page, before);
    await page.getByRole('button', { name: `Compute all ${metrics.length}` }).click();
    const rows = page.locator('#all-metrics tbody tr');
    await rows.nth(metrics.length - 1).waitFor();
    const texts = await rows.evaluateAll((all) =>
      all.map((row) => [...row.children].map((cell) => cell.textContent ?? '')),
    );
    for (const [name = '', , value = '', means = ''] of texts) {
      const record = metrics.find((metric) => metric.name === name);
      const expected = evaluate(name as 'dtw', s1, s2).value;
      assert.ok(Math.abs(Number(value) - expected) <= 1e-4 * Math.max(1, Math.abs(expected)), `${name}: ${value}`);
      assert.equal(means.startsWith('similarity'), record?.similarity === true, name);
    }
    await page.getByRole('button', { name: 'Value', exact: true }).click();
    const values = (await rows.locator('td:nth-child(3)').allTextContents()).map(Number);
    assert.deepEqual(
      values,
      values.toSorted((a, b) => a - b),
    );
    assert.equal(await page.locator('#all-metrics th[aria-sort=ascending]').textContent(), 'Value');
    await rows.getByRole('button', { name: 'twe', exact: true }).click();
    await showsValue(page, evaluate('twe', s1, s2).value);
    await page.selectOption('#example', 'coffee');
    await page.locator('#all-metrics .all-metrics').waitFor({ state: 'hidden' });
    assert.deepEqual(faults, []);
  });

  it('groups metrics by what they do', async () => {
    const { page } = await open();
    await shownValue(page);
    const groups = await page
      .locator('#metric optgroup')
      .evaluateAll((all) => all.map((one) => (one as HTMLOptGroupElement).label));
    assert.ok(groups.length >= 5 && !groups.includes('Others'), groups.join(', '));
    assert.equal(await page.locator('#metric optgroup option').count(), metrics.length);
  });

  it('sets the radius by the handle on the table: dragged, and by the keys', async () => {
    const { page, faults } = await open();
    const before = await shownValue(page);
    const handle = page.locator('#cost .handle');
    await handle.scrollIntoViewIfNeeded();
    assert.equal(await handle.getAttribute('aria-valuetext'), 'no constraint');
    const from = await handle.boundingBox();
    const cells = await page.locator('#cost canvas.cells').boundingBox();
    if (!from || !cells) throw new Error('there is no table');
    await page.mouse.move(from.x + 8, from.y + 8);
    await page.mouse.down();
    await page.mouse.move(cells.x + cells.width * 0.53, cells.y + cells.height * 0.47, { steps: 5 });
    await page.mouse.up();
    await shownValue(page, before);
    const radius = Number(await page.getByLabel('sakoe_chiba_radius', { exact: true }).inputValue());
    assert.ok(radius >= 5 && radius <= 13, `radius ${radius}`);
    await handle.focus();
    await page.keyboard.press('ArrowLeft');
    assert.equal(await page.getByLabel('sakoe_chiba_radius', { exact: true }).inputValue(), String(radius - 1));
    assert.ok(await handle.evaluate((one) => one === document.activeElement));
    await page.locator('#cost .band').waitFor({ state: 'attached' });
    assert.deepEqual(faults, []);
  });

  it('saves figures as PNG, SVG and CSV', async () => {
    const { page, faults } = await open();
    await shownValue(page);
    for (const figure of ['alignment', 'table']) {
      const png = await saved(page, `Save ${figure} as PNG`);
      assert.deepEqual([...png.subarray(0, 4)], [0x89, 0x50, 0x4e, 0x47]);
      assert.ok(png.readUInt32BE(16) > 700 && png.length > 5000, `${png.readUInt32BE(16)} wide, ${png.length} bytes`);
      const picture = (await saved(page, `Save ${figure} as SVG`)).toString();
      assert.match(picture, /^<svg[^>]*xmlns="http:\/\/www.w3.org\/2000\/svg"/);
      assert.match(picture, /stroke="rgb\(/);
      assert.ok(!/ (class|style)=/.test(picture));
    }
    const lines = (await saved(page, 'Save alignment as CSV')).toString().split('\n');
    assert.equal(lines[0], 'i,j,s1,s2');
    assert.match(lines[1] ?? '', /^0,0,-?\d/);
    const cells = (await saved(page, 'Save table as CSV')).toString().split('\n');
    assert.deepEqual([cells.length, cells[0]?.split(',').length], [150, 150]);
    await page.getByLabel('A data set').check();
    await page.locator('#matrix .tree').waitFor();
    const matrix = (await saved(page, 'Save matrix as CSV')).toString().split('\n');
    assert.equal(matrix.length, (matrix[0] ?? '').split(',').length);
    assert.deepEqual(faults, []);
  });

  it('colours the classes of a file, and says how well neighbours tell them', async () => {
    const { page, faults } = await open();
    await shownValue(page);
    const rows = Array.from({ length: 12 }, (_, k) =>
      Array.from(
        { length: 20 },
        (_, t) => Math.sin(t / (k % 2 ? 3 : 2)) + Math.sin(k * 7 + t * k) * (k % 5 === 0 ? 2 : 0.2),
      ),
    );
    const labels = rows.map((_, k) => (k % 2 ? 'slow' : 'quick'));
    const text = rows.map((row, k) => `${row.map((value) => value.toFixed(4)).join(',')}:${labels[k]}`);
    await drop(page, [['own.ts', `@classLabel true quick slow\n@data\n${text.join('\n')}\n`]]);
    await page.locator('#matrix .tree').waitFor();
    assert.deepEqual(await page.locator('#matrix .classes .key > span').allTextContents(), ['quick', 'slow']);
    assert.equal(await page.locator('#matrix rect.class').count(), 12);
    const { matrix } = cdist(
      'dtw',
      rows.map((row) => row.map((value) => Number(value.toFixed(4)))),
    );
    const right = matrix.filter((line, k) => {
      const others = line.map((value, j) => (j === k ? Number.POSITIVE_INFINITY : value));
      return labels[others.indexOf(Math.min(...others))] === labels[k];
    }).length;
    const expected = `Leave-one-out accuracy ${Math.round((1000 * right) / 12) / 10} % (${right} of 12).`;
    assert.equal(await page.textContent('#accuracy'), expected);
    assert.deepEqual(faults, []);
  });

  it('says that of 300 series it takes 200, and fits the names to a phone', async () => {
    const { page } = await open('', { viewport: { width: 360, height: 800 } });
    await shownValue(page);
    const rows = Array.from({ length: 300 }, (_, k) =>
      [`a-long-name-of-series-${k}`, ...Array.from({ length: 14 }, (_, t) => (k * t) % 7)].join(','),
    );
    await drop(page, [['own.csv', rows.join('\n')]]);
    await page.locator('#matrix .tree').waitFor();
    assert.match((await page.textContent('#drop-note')) ?? '', /the first 200 of 300 series/);
    await page.getByText('The first 200 of 300 series: ').waitFor();
    const right = await page
      .locator('#matrix svg .name')
      .evaluateAll((names) => names.map((name) => name.getBoundingClientRect().right));
    assert.ok(right.length > 5 && right.every((edge) => edge <= 360), `${Math.max(...right)}`);
  });
});

describe('leave-one-out', () => {
  const matrix = { rows: 4, columns: 4, values: Float64Array.from([0, 1, 2, 9, 1, 0, 3, 9, 2, 3, 0, 1, 9, 9, 1, 0]) };

  it('gives each series the class of its nearest others', () => {
    assert.deepEqual(leaveOneOut(matrix, ['a', 'a', 'b', 'b'], 1, false), {
      right: 4,
      of: 4,
      given: ['a', 'a', 'b', 'b'],
    });
    assert.deepEqual(leaveOneOut(matrix, ['a', 'a', 'b', 'b'], 3, false).given, ['b', 'b', 'a', 'a']);
  });

  it('takes the largest of a similarity, and the nearest of equally many', () => {
    assert.deepEqual(leaveOneOut(matrix, ['a', 'a', 'b', 'b'], 1, true).given, ['b', 'b', 'a', 'a']);
    assert.deepEqual(leaveOneOut(matrix, ['a', 'b', 'c', 'd'], 2, false).given, ['b', 'a', 'd', 'c']);
  });
});
