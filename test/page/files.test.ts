import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { dtw } from '../../src/core/index.ts';
import { AT_ONCE, noBrowser } from './browser.ts';
import { drop } from './drop.ts';
import { servedPage } from './served-page.ts';
import { shownValue, showsValue } from './shown.ts';

const folder = new URL('../fixtures/files/', import.meta.url);
const content = (name: string) => readFileSync(new URL(name, folder));
const { left, right } = JSON.parse(content('named.json').toString()) as { left: number[]; right: number[] };
const whole = JSON.parse(content('pandas-split.json').toString()) as { data: number[][] };
const both = dtw(
  whole.data.map((row) => row[1]),
  whole.data.map((row) => row[2]),
);

/** Waits until the picture names this pair. The value alone may be that of the file before. */
async function showsNames(page: Page, s1: string, s2: string): Promise<void> {
  const named = (wanted: string) =>
    [...document.querySelectorAll('#alignment .key > span')].map((span) => span.textContent).join() === wanted;
  await page.waitForFunction(named, `s1 ${s1},s2 ${s2}`);
}

describe('files on the page', { skip: noBrowser, concurrency: AT_ONCE }, () => {
  const open = servedPage();
  const begin = async () => {
    const watched = await open();
    await shownValue(watched.page);
    return watched;
  };

  const pairs: [file: string, s1: string, s2: string][] = [
    ['pandas-index.csv', 'left', 'right'],
    ['pandas-dates.csv', 'left', 'right'],
    ['pandas-long.csv', 'left', 'right'],
    ['excel-german.csv', 'links', 'rechts'],
    ['r-write-csv2.csv', 'left', 'right'],
    ['instrument.csv', 'Left (mm)', 'Right (mm)'],
    ['two-columns.csv', 'two-columns 0', 'two-columns 1'],
    ['two-rows.csv', 'two-rows 0', 'two-rows 1'],
    ['two-rows.npy', 'two-rows 0', 'two-rows 1'],
    ['pandas-records.json', 'left', 'right'],
    ['wide.parquet', 'left', 'right'],
    ['wide-zstd.parquet', 'left', 'right'],
  ];
  it('shows the pair in each of them at once, under its names', async () => {
    const { page, faults } = await begin();
    for (const [file, s1, s2] of pairs) {
      await drop(page, [[file, content(file)]]);
      const note = (name: string) => document.querySelector('#drop-note')?.textContent?.startsWith(`${name}: s1 `);
      await page.waitForFunction(note, file);
      await showsNames(page, s1, s2);
      await showsValue(page, both);
      assert.equal(await page.locator('.error:not(:empty)').count(), 0, file);
      assert.equal(await page.inputValue('#example'), '');
      assert.equal(await page.textContent('#example-about'), '');
    }
    assert.deepEqual(faults, []);
  });

  it('shows the matrix of the series in files with more of them at once', async () => {
    const { page, faults } = await begin();
    for (const [file, count] of Object.entries({
      'ucr.tsv': 8,
      'pandas-wide.csv': 3,
      'labelled.npz': 3,
      'lists.parquet': 3,
    })) {
      await drop(page, [[file, content(file)]]);
      await page.waitForFunction((name) => document.querySelector('#drop-note')?.textContent?.startsWith(name), file);
      await page.waitForFunction((n) => document.querySelectorAll('#matrix svg .name').length === n, count);
    }
    assert.deepEqual(faults, []);
  });

  it('names each of two dropped files', async () => {
    const { page, faults } = await begin();
    await drop(page, [
      ['monday.csv', left.join('\n')],
      ['tuesday.csv', right.join('\n')],
    ]);
    await showsValue(page, dtw(left, right));
    await showsNames(page, 'monday', 'tuesday');
    assert.deepEqual(faults, []);
  });

  it('shows the halves of one series alone, and puts the next beside it', async () => {
    const { page, faults } = await begin();
    await drop(page, [['monday.csv', left.join('\n')]]);
    await showsValue(page, dtw(left.slice(0, 30), left.slice(30)));
    assert.match((await page.textContent('#drop-note')) ?? '', /first half.*drop another/);
    await page.getByRole('button', { name: 'Change how it is read' }).click();
    await page.getByLabel('s1', { exact: true }).last().check();
    await page.getByRole('button', { name: 'Use these series' }).click();
    await page.waitForFunction(() => document.querySelector('#alignment .key')?.textContent?.includes('s1 monday'));
    await drop(page, [['tuesday.csv', right.join('\n')]]);
    await showsValue(page, dtw(left, right));
    await showsNames(page, 'monday', 'tuesday');
    assert.deepEqual(faults, []);
  });

  it('says how a file was read, and reads it differently if told to', async () => {
    const { page, faults } = await begin();
    const lines = [0.5, 1.25, 2.75, 1.5, 0.25, 3.125].map((value) => String(value).replace('.', ','));
    await drop(page, [['werte.csv', lines.join('\r\n')]]);
    await showsValue(page, dtw([0.5, 1.25, 2.75], [1.5, 0.25, 3.125]));
    assert.match((await page.textContent('#drop-note')) ?? '', /decimal comma/);
    await page.getByRole('button', { name: 'Change how it is read' }).click();
    const dialog = page.locator('dialog');
    assert.equal(await dialog.locator('.thumbnails li').count(), 1);
    await dialog.getByLabel('Between values').selectOption('comma');
    await dialog.locator('.thumbnails li').nth(1).waitFor();
    await dialog.getByLabel('A pair').check();
    await page.getByRole('button', { name: 'Use these series' }).click();
    await showsValue(page, dtw([0, 1, 2, 1, 0, 3], [5, 25, 75, 5, 25, 125]));
    assert.equal(await dialog.isVisible(), false);
    assert.deepEqual(faults, []);
  });

  it('takes another column for the time, and all columns for one series', async () => {
    const { page, faults } = await begin();
    const rows = [3, 1, 4, 1, 5].map((value, k) => [value, 2 * value + k, 10 * k]);
    await drop(page, [['three.csv', `a,b,c\n${rows.join('\n')}`]]);
    await page.locator('#matrix .tree').waitFor();
    await page.getByRole('button', { name: 'Change how it is read' }).click();
    const dialog = page.locator('dialog');
    await dialog.getByLabel('what column 3, c, is').selectOption('time');
    await dialog.locator('.thumbnails li').nth(2).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Use these series' }).click();
    await page.getByLabel('One pair').check();
    await drop(page, [['three.csv', `a,b,c\n${rows.join('\n')}`]]);
    await page.locator('#matrix .tree').waitFor();
    await page.getByRole('button', { name: 'Change how it is read' }).click();
    await dialog.getByLabel('Series').selectOption('channels');
    await dialog.getByText('3 channels').waitFor();
    await page.getByRole('button', { name: 'Use these series' }).click();
    await showsValue(page, dtw(rows.slice(0, 2), rows.slice(2)));
    assert.deepEqual(faults, []);
  });

  it('compares the halves of a file that is read anew as one series, not with what it was before', async () => {
    const { page, faults } = await begin();
    const rows = [3, 1, 4, 1, 5, 9].map((value, k) => [value, 2 * value + k]);
    await drop(page, [['two.csv', `a,b\n${rows.join('\n')}`]]);
    await showsNames(page, 'a', 'b');
    await page.getByRole('button', { name: 'Change how it is read' }).click();
    await page.locator('dialog').getByLabel('Series').selectOption('channels');
    await page.locator('dialog').getByText('2 channels').waitFor();
    await page.getByRole('button', { name: 'Use these series' }).click();
    await showsValue(page, dtw(rows.slice(0, 3), rows.slice(3)));
    // A series of fewer channels cannot be compared with it.
    await page.getByRole('button', { name: 'Change how it is read' }).click();
    await page.getByLabel('s1', { exact: true }).last().check();
    await page.getByRole('button', { name: 'Use these series' }).click();
    await page.waitForFunction(() => document.querySelector('#alignment .key')?.textContent?.includes('s1 two'));
    await drop(page, [['one.csv', '1\n5\n2\n6']]);
    await showsValue(page, dtw([1, 5], [2, 6]));
    assert.deepEqual(faults, []);
  });

  it('does not write out a series that is too long to be read, in no field, request or address', async () => {
    const { page, faults } = await begin();
    const long = Array.from({ length: 90_000 }, (_, t) => [0, 1, 2, 3, 4, 5].map((c) => (t + c) % 7));
    const few = [0, 1].map((value) => Array<number>(6).fill(value));
    await drop(page, [['pair.json', JSON.stringify({ s1: long, s2: few })]]);
    await showsValue(page, dtw(long, few));
    assert.equal(await page.inputValue('#s1-text'), '');
    assert.match((await page.getAttribute('#s1-text', 'placeholder')) ?? '', /^90,000 steps: too many/);
    assert.equal(await page.inputValue('#s2-text'), JSON.stringify(few));
    await page.getByRole('button', { name: 'Copy link' }).click();
    await page.getByText('Too much data for a link').waitFor();
    const request = (await page.textContent('#request')) ?? '';
    const begins = JSON.stringify(long.slice(0, 100)).slice(0, -1);
    assert.ok(request.length < 5000 && request.includes(begins), request.slice(0, 300));
    assert.match(request, /\[\[0,0,0,0,0,0\],\[1,1,1,1,1,1\]\]\n\}\nJSON/);
    assert.deepEqual(faults, []);
  });

  it('opens the dialog with the lines of a file that cannot be read, and the pair stays', async () => {
    const { page, faults } = await begin();
    const before = await shownValue(page);
    await drop(page, [['broken.csv', 'a,b\n1,2\n3,x\n5,6\n7,8\n']]);
    const dialog = page.locator('dialog');
    await dialog.getByText('Line 3, value 2: “x” is not a number').waitFor();
    assert.match((await dialog.locator('pre').textContent()) ?? '', /3,x/);
    await page.keyboard.press('Escape');
    assert.equal(await shownValue(page), before);
    assert.match((await page.textContent('#drop-note')) ?? '', /^broken.csv: Line 3/);
    await page.selectOption('#example', 'coffee');
    await page.locator('#taken').waitFor({ state: 'hidden' });
    assert.deepEqual(faults, []);
  });

  it('says how a pasted text was read', async () => {
    const { page, faults } = await begin();
    await page.click('.series-field.s1 summary');
    await page.click('.series-field.s2 summary');
    await page.fill('#s2-text', '1,5\n2,5\n-3,5');
    await page.fill('#s1-text', '0,5\n1,75\n-2,25');
    await showsValue(page, dtw([0.5, 1.75, -2.25], [1.5, 2.5, -3.5]));
    const said = page.locator('.series-field.s1 .read-as');
    assert.match((await said.textContent()) ?? '', /decimal comma/);
    // What is dropped meanwhile is shown where the text was written.
    await page.locator('#s1-text').focus();
    await drop(page, [['two.json', '{"s1":[7,8],"s2":[8,9]}']]);
    await page.waitForFunction(
      () => (document.querySelector('#s1-text') as HTMLTextAreaElement | null)?.value === '[7,8]',
    );
    await page.fill('#s1-text', '0,5\n1,75\n-2,25');
    await page
      .getByText(/Read as: .*decimal comma/)
      .first()
      .waitFor();
    await said.getByRole('button', { name: 'Change' }).click();
    await page.locator('dialog').getByLabel('Between values').waitFor();
    assert.deepEqual(faults, []);
  });

  it('z-normalises if told to, and a link keeps it', async () => {
    const { page, faults } = await begin();
    const standard = (values: number[]) => {
      const mean = values.reduce((sum, value) => sum + value) / values.length;
      const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
      return values.map((value) => (value - mean) / deviation);
    };
    const large = right.map((value) => 500 + 20 * value);
    await drop(page, [
      [
        'two.csv',
        left
          .slice(0, 50)
          .map((value, k) => `${value};${large[k]}`)
          .join('\n'),
      ],
    ]);
    await showsValue(page, dtw(left.slice(0, 50), large));
    await page.getByLabel('z-normalise').check();
    await showsValue(page, dtw(standard(left.slice(0, 50)), standard(large)));
    await page.waitForFunction(() => location.hash.includes('normalise=z'));
    await page.reload();
    await showsValue(page, dtw(standard(left.slice(0, 50)), standard(large)));
    assert.ok(await page.getByLabel('z-normalise').isChecked());
    assert.deepEqual(faults, []);
  });
});
