import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { barycenter, cdist, dtw } from '../../src/core/index.ts';
import { float64 } from '../support/write-npy.ts';
import { AT_ONCE, noBrowser } from './browser.ts';
import { servedPage } from './served-page.ts';
import { shownValue } from './shown.ts';

describe('data of one’s own on the page', { skip: noBrowser, concurrency: AT_ONCE }, () => {
  const open = servedPage();
  const begin = async () => {
    const watched = await open();
    await shownValue(watched.page);
    for (const name of ['s1', 's2']) await watched.page.click(`.series-field.${name} summary`);
    return watched;
  };

  const wrong: [string, string, RegExp][] = [
    ['a word among numbers', '1, two, 3', /Line 1, value 2: “two” is not a number/],
    ['rows of unequal lengths', '1, 2\n3, 4\n5', /Line 3 has 1 values, the first has 2/],
    ['JSON that breaks off', '[1, 2', /This is not JSON/],
    ['JSON that the service refuses', '[1, "two", 3]', /s1\/1: expected a finite number, got a value of type string/],
    ['series of another width', '[[1, 2], [3, 4]]', /s1|s2/],
    ['nothing', ' ', /nothing here/],
  ];
  for (const [name, text, message] of wrong) {
    it(`says at the field what is wrong with ${name}`, async () => {
      const { page } = await begin();
      await page.fill('#s1-text', text);
      const errors = page.locator('.series-field .error:not(:empty)');
      await errors.first().waitFor();
      assert.match((await errors.first().textContent()) ?? '', message);
      const field = page.locator('.series-field textarea[aria-invalid=true]');
      const described = (await field.first().getAttribute('aria-describedby'))?.split(' ') ?? [];
      assert.ok(described.includes((await errors.first().getAttribute('id')) ?? ''));
      const before = await shownValue(page);
      await page.fill('#s1-text', '[1, 2, 3]');
      await shownValue(page, before);
      assert.equal(await page.locator('.error:not(:empty)').count(), 0);
    });
  }

  it('says at the parameter what the service refuses', async () => {
    const { page } = await begin();
    await page.getByLabel('itakura_max_slope').fill('0.5');
    const message = page.locator('.field:has-text("itakura_max_slope") .error:not(:empty)');
    await message.waitFor();
    assert.match((await message.textContent()) ?? '', /itakura_max_slope: .*1/);
  });

  const s1 = [1, 2, 3.5, 2];
  const s2 = [0, 2, 2.5, 7, 1];
  const files: [string, Buffer][] = [
    ['series.csv', Buffer.from('value\n1\n2\n3.5\n2\n')],
    ['series.json', Buffer.from(JSON.stringify(s1))],
    ['series.npy', float64(s1)],
    ['series.ts', Buffer.from('# a comment\n@problemName own\n@classLabel true a b\n@data\n1,2,3.5,2:a\n')],
  ];
  for (const [name, buffer] of files) {
    it(`opens ${name}`, async () => {
      const { page, faults } = await begin();
      await page.fill('#s2-text', JSON.stringify(s2));
      await page.setInputFiles('#s1-file', { name, mimeType: 'application/octet-stream', buffer });
      const expected = dtw(s1, s2).toPrecision(6);
      await page.waitForFunction((text) => document.querySelector('output.value b')?.textContent === text, expected);
      assert.deepEqual(faults, []);
    });
  }

  it('takes a file that is dropped anywhere: several series become a data set, and a cell opens its pair', async () => {
    const { page, faults } = await begin();
    const rows = [s1, s2, [1, 1, 1], [1, 2, 3, 2.5]];
    const text = `@classLabel true\n@data\n${rows.map((row) => `${row.join(',')}:a`).join('\n')}\n`;
    await page.evaluate((content) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([content], 'own.ts'));
      document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
    }, text);
    await page.locator('#matrix .tree').waitFor();
    await page.focus('#matrix .plot');
    await page.keyboard.press('ArrowDown');
    const readout = (await page.textContent('#matrix-readout')) ?? '';
    const [one, other] = [...readout.matchAll(/a (\d)/g)].map(([, k]) => Number(k));
    const { matrix } = cdist('dtw', rows);
    const expected = matrix[one as number]?.[other as number];
    assert.ok(readout.endsWith(expected.toPrecision(6)), `${readout} is not ${expected}`);
    await page.keyboard.press('Enter');
    await page.waitForFunction(
      (value) => document.querySelector('output.value b')?.textContent === value,
      expected.toPrecision(6),
    );
    assert.deepEqual(faults, []);
  });

  it('draws the matrix of an example, and the barycenter of a group over its members', async () => {
    const { page, faults } = await begin();
    const file = new URL('../../page/examples/italy-power.json', import.meta.url);
    const { series } = JSON.parse(readFileSync(file, 'utf8')) as { series: { values: number[] }[] };
    const { loss } = barycenter(
      'dtw',
      series.map(({ values }) => values),
    );
    await page.getByLabel('A data set').check();
    await page.selectOption('#dataset', 'italy-power');
    await page.getByLabel('Groups').fill('1');
    const says = `under dtw, drawn over them; loss ${loss.toPrecision(6)}.`;
    await page.waitForFunction(
      (text) => document.querySelector('#group-figure [role=status]')?.textContent?.endsWith(text),
      says,
    );
    assert.equal(await page.locator('#group-figure .member').count(), series.length);
    assert.equal(await page.locator('#group-figure .barycenter').count(), 1);
    await page.getByLabel('Groups').fill('4');
    await page.waitForFunction(() => document.querySelectorAll('#matrix .groups').length === 4);
    const sizes = (await page.locator('#group option').allTextContents()).map((text) =>
      Number(/, (\d+)/.exec(text)?.[1]),
    );
    assert.equal(
      sizes.reduce((sum, size) => sum + size),
      series.length,
    );
    assert.deepEqual(faults, []);
  });

  it('takes a series that is drawn', async () => {
    const { page, faults } = await begin();
    const before = await shownValue(page);
    const pad = page.locator('.series-field.s1 .pad');
    await pad.scrollIntoViewIfNeeded();
    const box = await pad.boundingBox();
    if (!box) throw new Error('there is no field to draw in');
    await page.mouse.move(box.x + 5, box.y + 60);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width / 2, box.y + 10, { steps: 5 });
    await page.mouse.move(box.x + box.width - 5, box.y + 80, { steps: 5 });
    await page.mouse.up();
    await shownValue(page, before);
    const values = JSON.parse(await page.inputValue('#s1-text')) as number[];
    assert.equal(values.length, 80);
    assert.ok(Math.max(...values) > 1.2 && Math.min(...values) < -0.5);
    assert.deepEqual(faults, []);
  });
});
