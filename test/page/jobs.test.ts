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

  it('is not asked for again when its view is left and opened again, so Cancel ends all of it', async () => {
    const { page } = await open();
    const many = Array.from({ length: 150 }, (_, k) => Array.from({ length: 800 }, (_, t) => Math.sin((t * k) / 70)));
    await put(page, 'slowest', many);
    let made = 0;
    page.on('response', (answer) => {
      if (answer.status() === 202) made++;
    });
    await load(page, '#view=matrix&metric=twe&dataset=stored:slowest');
    await page.getByText(/ s · \d+ %/).waitFor();
    await page.getByLabel('Stored data and jobs').check();
    const jobs = rows(page).filter({ hasText: 'twe cdist of slowest' });
    await jobs.locator('progress').first().waitFor();
    await page.getByLabel('A data set', { exact: true }).check();
    await page.getByText(/ s · \d+ %/).waitFor();
    await page.locator('#busy').getByRole('button', { name: 'Cancel' }).click();
    await page.getByText('Cancelled.').waitFor();
    await page.getByLabel('Stored data and jobs').check();
    await jobs
      .first()
      .getByText(/^cancelled/)
      .waitFor();
    assert.deepEqual([made, await jobs.count()], [1, 1]);
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

  const few = (count: number, steps: number) => series.slice(0, count).map((values, k) => values.slice(k, k + steps));
  const [one = [], other = []] = few(2, 50);
  const kinds: readonly (readonly [path: string, body: object, seen: (page: Page) => Promise<unknown>])[] = [
    ['/msm', { s1: one, s2: other, c: 0.5 }, (page) => showsValue(page, evaluate('msm', one, other, { c: 0.5 }).value)],
    [
      '/soft-dtw/cdist',
      { dataset1: few(4, 30), dataset2: few(9, 30), gamma: 0.5 },
      (page) => page.getByText('soft-dtw cdist: a matrix of 4 rows and 9 columns.').waitFor(),
    ],
    [
      '/dtw/cdist?grad=true',
      { dataset1: few(3, 30) },
      (page) => page.getByText('Its gradient is in the file.').waitFor(),
    ],
    [
      '/dtw/neighbors',
      { queries: [one], candidates: few(9, 50), k: 3 },
      (page) => page.getByText('Of 9 series, nearest first, under dtw').waitFor(),
    ],
    [
      '/dtw/neighbors',
      { queries: few(3, 50), candidates: few(9, 50), k: 1 },
      (page) => page.locator('#job-result li').nth(2).getByText('queries 2: candidates 2').waitFor(),
    ],
    [
      '/dtw/subsequence',
      { query: one.slice(5, 20), series: one, k: 2 },
      (page) => page.getByText('2 best matches of query in series under dtw').waitFor(),
    ],
    [
      '/dtw/barycenter',
      { dataset: few(5, 40) },
      (page) => page.getByText('the barycenter of 5 series, drawn over them').waitFor(),
    ],
    [
      '/dtw/pairs',
      { dataset1: few(6, 30), dataset2: few(6, 40) },
      (page) => page.getByText('dtw pairs: 6 pairs, from 0').waitFor(),
    ],
    [
      '/dtw/lower-bound',
      { s1: one, s2: other },
      (page) => page.getByText('s1 is outside the envelope of s2').waitFor(),
    ],
    [
      '/gak/bandwidth',
      { dataset: few(5, 30) },
      (page) => page.locator('#job-result pre').getByText('"sigma"').waitFor(),
    ],
  ];
  it('opens the results of jobs of every kind, that others made and whose series have no name, and again at their address', async () => {
    const { page, faults } = await open('#view=stored');
    const ids: string[] = [];
    for (const [path, body] of kinds) {
      const headers = { 'content-type': 'application/json', prefer: 'respond-async' };
      const made = await fetch(new URL(path, page.url()), { method: 'POST', headers, body: JSON.stringify(body) });
      ids.push(((await made.json()) as { id: string }).id);
    }
    const posted: string[] = [];
    page.on('request', (request) => {
      if (request.method() === 'POST') posted.push(new URL(request.url()).pathname);
    });
    await load(page, '#view=stored');
    for (const [k, [path, body, seen]] of kinds.entries()) {
      await page.getByLabel('Stored data and jobs').check();
      const row = rows(page).nth(kinds.length - 1 - k);
      await row.getByText(/^done/).waitFor();
      await row.getByRole('button', { name: /^Open/ }).click();
      await seen(page);
      if (!('s1' in body)) assert.ok(!posted.includes(path), `${path} was computed again`); // a pair is compared step by step too
      await page.waitForFunction((id) => location.hash.includes(`job=${id}`), ids[k]);
      if (k % 3 > 0) continue;
      await load(page, page.url());
      await seen(page);
    }
    await load(page, '#view=stored&job=none');
    await page.getByText('there is no job none').waitFor();
    assert.deepEqual(
      faults.filter((fault) => !fault.includes('404')),
      [],
    );
  });
});
