import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { cdist } from '../../src/core/index.ts';
import { sharedFolder } from '../support/temporary-folder.ts';
import { noBrowser } from './browser.ts';
import { drop } from './drop.ts';
import { servedPage } from './served-page.ts';
import { load, shownValue } from './shown.ts';

/** Series of two classes, some of which are hard to tell. */
const series = Array.from({ length: 14 }, (_, k) =>
  Array.from({ length: 24 }, (_, t) =>
    Number((Math.sin(t / (k % 2 ? 3 : 2)) + Math.sin(k * 7 + t * k) * (k % 5 === 0 ? 2 : 0.2)).toFixed(4)),
  ),
);
const labels = series.map((_, k) => (k % 2 ? 'slow' : 'quick'));
const stored = JSON.stringify({ series, labels });

/** Stores a data set without the page. */
async function put(page: Page, name: string, body = stored): Promise<void> {
  const { status } = await fetch(new URL(`/datasets/${name}`, page.url()), {
    method: 'PUT',
    body,
    headers: { 'content-type': 'application/json' },
  });
  assert.ok(status < 300, `${status}`);
}

const get = async (page: Page, path: string): Promise<unknown> => (await fetch(new URL(path, page.url()))).json();

const item = (page: Page, name: string) =>
  page.locator('#stored li').filter({ has: page.getByRole('heading', { name, exact: true }) });

describe('stored data sets on the page', { skip: noBrowser }, () => {
  const open = servedPage();

  it('stores a file as it is, shows what is in it, and deletes it once it is told twice', async () => {
    const { page, faults } = await open('#view=stored');
    const text = series.map((row, k) => [labels[k], ...row].join('\t')).join('\n');
    await page.setInputFiles('#upload-file', { name: 'my steps.tsv', mimeType: '', buffer: Buffer.from(text) });
    assert.equal(await page.inputValue('#upload-name'), 'my-steps');
    await page.fill('#upload-name', 'steps');
    await page.getByRole('button', { name: 'Store', exact: true }).click();
    await page.getByText('Stored as steps: 14 series, version 1.').waitFor();
    assert.match(
      (await item(page, 'steps').locator('.facts').textContent()) ?? '',
      /^14 series · 24 steps · 2 classes · /,
    );
    const content = (await get(page, '/datasets/steps/content')) as { series: number[][]; labels: string[] };
    assert.deepEqual([content.series, content.labels], [series, labels]);
    await item(page, 'steps').getByText('Look inside').click();
    await item(page, 'steps').locator('.thumbnails path').first().waitFor();
    assert.equal(await item(page, 'steps').locator('.thumbnails li').count(), 6);
    assert.match(
      (await item(page, 'steps').locator('details').textContent()) ?? '',
      /quick \(7\), slow \(7\).*sha256:/,
    );
    await item(page, 'steps').getByRole('button', { name: 'Delete steps' }).click();
    await item(page, 'steps').getByRole('button', { name: 'Keep' }).click();
    assert.equal(await item(page, 'steps').count(), 1);
    await item(page, 'steps').getByRole('button', { name: 'Delete steps' }).click();
    await item(page, 'steps').getByRole('button', { name: 'Delete steps' }).click();
    await item(page, 'steps').waitFor({ state: 'detached' });
    assert.equal(((await get(page, '/datasets/steps')) as { code: string }).code, 'dataset_not_found');
    assert.deepEqual(faults, []);
  });

  it('stores what was dropped and read by the page, all of it', async () => {
    const { page, faults } = await open();
    await shownValue(page);
    const rows = Array.from({ length: 230 }, (_, k) =>
      [`sensor ${k}`, ...Array.from({ length: 9 }, (_, t) => `${(k * t) % 7},5`)].join(';'),
    );
    await drop(page, [['sensor readings.csv', rows.join('\n')]]);
    await page.getByText('the first 200 of 230 series').first().waitFor();
    await page.getByRole('button', { name: 'Store it on the service' }).click();
    assert.equal(await page.inputValue('#upload-name'), 'sensor-readings');
    await page.getByRole('button', { name: 'Store', exact: true }).click();
    await page.getByText('Stored as sensor-readings: 230 series').waitFor();
    const { series: kept } = (await get(page, '/datasets/sensor-readings/content')) as { series: number[][] };
    assert.deepEqual(kept[3], [0.5, 3.5, 6.5, 2.5, 5.5, 1.5, 4.5, 0.5, 3.5]);
    assert.deepEqual(faults, []);
  });

  it('says what the service refuses, and offers to read the file itself', async () => {
    const { page } = await open('#view=stored');
    await drop(page, [['semicolons.json', 'a;b;c\n1,5;2;3\n2;3;4\n3;2,5;1\n']]);
    await page.getByRole('button', { name: 'Store', exact: true }).click();
    await page.locator('#upload-status.error').waitFor();
    await page.getByRole('button', { name: /^Read it on the page instead/ }).click();
    await page.locator('#matrix .tree').waitFor();
    assert.match((await page.textContent('#drop-note')) ?? '', /semicolons.json: 3 series/);
    await page.getByLabel('Stored data and jobs').check();
    await page.setInputFiles('#upload-file', { name: 'a.json', mimeType: '', buffer: Buffer.from(stored) });
    await page.fill('#upload-name', 'no spaces');
    await page.getByRole('button', { name: 'Store', exact: true }).click();
    await page.getByText(/a name has 1 to 128 characters/).waitFor();
  });

  it('draws the matrix of one with its classes, by its name, and tells how well neighbours tell the classes', async () => {
    const { page, faults } = await open();
    await put(page, 'two-kinds');
    await page.getByLabel('A data set').check();
    await page.locator('#dataset option[value="stored:two-kinds"]').waitFor({ state: 'attached' });
    const asked = page.waitForRequest(
      (request) => request.url().endsWith('/dtw/cdist') && !request.postData()?.includes('[['),
    );
    await page.selectOption('#dataset', 'stored:two-kinds');
    assert.deepEqual((await asked).postDataJSON(), { dataset1: 'two-kinds' });
    await page.locator('#matrix rect.class').nth(13).waitFor({ state: 'attached' });
    const { matrix } = cdist('dtw', series);
    const right = matrix.filter((line, k) => {
      const others = line.map((value, j) => (j === k ? Number.POSITIVE_INFINITY : value));
      return labels[others.indexOf(Math.min(...others))] === labels[k];
    }).length;
    const expected = `Leave-one-out accuracy ${Math.round((1000 * right) / 14) / 10} % (${right} of 14).`;
    await page.waitForFunction((text) => document.querySelector('#accuracy')?.textContent === text, expected);
    await page.getByText(/"dataset1": "two-kinds"/).waitFor();
    // The address brings it back.
    await page.waitForFunction(() => location.hash.includes('stored%3Atwo-kinds'));
    await page.reload();
    await page.waitForFunction((text) => document.querySelector('#accuracy')?.textContent === text, expected);
    assert.deepEqual(faults, []);
  });

  it('leaves the matrix of one that is too large to draw to a job', async () => {
    const { page, faults } = await open();
    await put(page, 'many', JSON.stringify(Array.from({ length: 1100 }, (_, k) => [k, (k * 7) % 5, 1])));
    await load(page, '#view=matrix&dataset=stored:many');
    await page.getByText(/many has 1,100 series: too many to draw/).waitFor();
    await page.getByRole('button', { name: 'Compute the matrix as a job' }).click();
    const job = page.locator('#jobs li').filter({ hasText: 'dtw cdist of many' }).first();
    await job.getByText(/^done/).waitFor();
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      job.getByRole('button', { name: /^Save .npy/ }).click(),
    ]);
    assert.equal(file.suggestedFilename(), 'dtw-cdist-of-many.npy');
    // Of 2,100 series it is too large to be drawn as well.
    await put(page, 'more', JSON.stringify(Array.from({ length: 2100 }, (_, k) => [k, 1])));
    await load(page, '#view=matrix&dataset=stored:more');
    await page.getByText(/4,410,000 values can be computed as a job; its result is a file/).waitFor();
    await page.getByRole('button', { name: 'Compute the matrix as a job' }).click();
    const larger = page.locator('#jobs li').filter({ hasText: 'dtw cdist of more' }).first();
    await larger.getByRole('button', { name: /^Open/ }).click();
    await larger.getByText(/2,100 rows and 2,100 columns. .*“Save .npy” has all of them/).waitFor();
    assert.deepEqual(faults, []);
  });
});

describe('the page of a service with keys', { skip: noBrowser }, () => {
  const open = servedPage({ API_KEYS: 'open-sesame' });

  it('asks for a key before it shows what is stored, and stores with it', async () => {
    const { page } = await open('#view=stored');
    await page.getByLabel('This service requires a key').fill('open-sesame');
    await page.getByRole('button', { name: 'Use this key' }).click();
    await page.locator('#upload-file').waitFor();
    await page.setInputFiles('#upload-file', { name: 'mine.json', mimeType: '', buffer: Buffer.from(stored) });
    await page.getByRole('button', { name: 'Store', exact: true }).click();
    await page.getByText('Stored as mine: 14 series').waitFor();
    const { status } = await fetch(new URL('/datasets/mine', page.url()));
    assert.equal(status, 401);
    await page.getByRole('button', { name: 'Nearest neighbours of mine' }).click();
    await page.locator('#neighbors li').first().waitFor();
  });
});

describe('the page of a service without a store', { skip: noBrowser }, () => {
  const file = join(sharedFolder(), 'no-folder');
  writeFileSync(file, '');
  const open = servedPage({ STORE_URL: `file:${file}` });

  it('says plainly that nothing is stored, and all else works', async () => {
    const { page } = await open('#view=stored');
    await page.getByText(/stores no data sets and makes no jobs at the moment \(503\)/).waitFor();
    assert.ok(await page.locator('#upload-file').isHidden());
    await page.getByLabel('A data set').check();
    await page.locator('#matrix .tree').waitFor();
    assert.equal(await page.locator('#dataset optgroup:not([hidden])').count(), 1);
    assert.equal(await page.locator('.error:not(:empty)').filter({ visible: true }).count(), 0);
  });
});
