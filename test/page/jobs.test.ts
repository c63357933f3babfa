import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { cdist, evaluate } from '../../src/core/index.ts';
import { noBrowser } from './browser.ts';
import { drop } from './drop.ts';
import { servedPage } from './served-page.ts';
import { load, shownValue, showsValue } from './shown.ts';

const series = Array.from({ length: 40 }, (_, k) =>
  Array.from({ length: 150 }, (_, t) => Number(Math.sin(t / (4 + (k % 5))).toFixed(3))),
);

const put = (page: Page, name: string, body: unknown) =>
  fetch(new URL(`/datasets/${name}`, page.url()), {
    method: 'PUT',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json' },
  });

const rows = (page: Page) => page.locator('#jobs li');

describe('long work on the page', { skip: noBrowser }, () => {
  // A matrix of the data set above is too large for a request.
  const open = servedPage({ MAX_CELLS: '8000000', TILE_MS: '20' });

  it('becomes a job, whose result fills the matrix; the list has it, and it can be opened after the page was closed', async () => {
    const { page, faults } = await open();
    await shownValue(page);
    await put(page, 'forty', series);
    await page.getByLabel('A data set').check();
    const made = page.waitForResponse((answer) => answer.status() === 202);
    await page.locator('#dataset option[value="stored:forty"]').waitFor({ state: 'attached' });
    await page.selectOption('#dataset', 'stored:forty');
    const { id } = (await (await made).json()) as { id: string };
    await page.waitForFunction(
      () =>
        document.querySelector('#matrix .tree') !== null && document.querySelectorAll('#matrix svg .name').length > 30,
    );
    const expected = cdist('dtw', series).matrix;
    const values = async () => {
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'Save matrix as CSV' }).click(),
      ]);
      const chunks: Buffer[] = [];
      for await (const chunk of await file.createReadStream()) chunks.push(chunk as Buffer);
      const [, ...lines] = Buffer.concat(chunks).toString().split('\n');
      return lines.map((line) => line.split(',').slice(1).map(Number));
    };
    assert.deepEqual(await values(), expected);
    await page.getByLabel('Stored data and jobs').check();
    await rows(page).first().getByText(/^done/).waitFor();
    assert.match((await rows(page).first().textContent()) ?? '', /^dtw cdist of forty/);
    const sent: string[] = [];
    page.on('request', (request) => sent.push(new URL(request.url()).pathname));
    await load(page, '#view=stored');
    await rows(page).first().getByRole('button', { name: 'Open: dtw cdist of forty' }).click();
    await page.locator('#matrix .tree').waitFor();
    assert.deepEqual(await values(), expected);
    assert.ok(sent.includes(`/jobs/${id}/result`) && !sent.includes('/dtw/cdist'), sent.join(' '));
    await page.getByLabel('Stored data and jobs').check();
    await rows(page)
      .first()
      .getByRole('button', { name: /^Delete/ })
      .click();
    await rows(page)
      .first()
      .getByRole('button', { name: /^Delete/ })
      .click();
    await rows(page).first().waitFor({ state: 'detached' });
    assert.deepEqual(
      faults.filter((fault) => !fault.includes('413')), // the browser writes each refusal to the console
      [],
    );
  });

  it('shows the progress of a job, cancels it, and takes a pair that is too long to a job too', async () => {
    const { page } = await open();
    await shownValue(page);
    const long = Array.from({ length: 3500 }, (_, t) => Math.round(50 * Math.sin(t / 9)));
    await drop(page, [['own.json', JSON.stringify([long, long.toReversed()])]]);
    await showsValue(page, evaluate('dtw', long, long.toReversed()).value);
    const many = Array.from({ length: 150 }, (_, k) => Array.from({ length: 800 }, (_, t) => Math.sin((t * k) / 90)));
    await put(page, 'slow', many);
    await load(page, '#view=matrix&metric=twe&dataset=stored:slow');
    await page.getByText(/Computing twe as a job/).waitFor();
    await page.locator('#busy progress').waitFor();
    await page.getByText(/ s · \d+ %/).waitFor();
    await page.locator('#busy').getByRole('button', { name: 'Cancel' }).click();
    await page.getByText('Cancelled.').waitFor();
    await page.getByLabel('Stored data and jobs').check();
    await rows(page)
      .filter({ hasText: 'twe cdist of slow' })
      .getByText(/^cancelled/)
      .waitFor();
  });

  it('goes on when another metric is chosen, is followed in the list, and is cancelled there', async () => {
    const { page } = await open();
    const many = Array.from({ length: 150 }, (_, k) => Array.from({ length: 800 }, (_, t) => Math.cos((t * k) / 90)));
    await put(page, 'slower', many);
    await load(page, '#view=matrix&dataset=stored:slower&metric=msm');
    await page.getByText(/Computing msm as a job/).waitFor();
    await page.getByLabel('Stored data and jobs').check();
    const job = rows(page).filter({ hasText: 'msm cdist of slower' });
    await job.locator('progress').waitFor();
    await page.waitForFunction(() => {
      const bar = document.querySelector('#jobs li progress') as HTMLProgressElement | null;
      return bar === null || bar.value > 0;
    });
    await job.getByRole('button', { name: 'Cancel: msm cdist of slower' }).click();
    await job.getByText(/^cancelled/).waitFor();
  });
});
