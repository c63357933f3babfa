import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { evaluate } from '../../src/core/index.ts';
import { AT_ONCE, noBrowser } from './browser.ts';
import { servedPage } from './served-page.ts';
import { shownValue } from './shown.ts';

const s1 = Array.from({ length: 120 }, (_, k) => Math.sin(k / 9));
const s2 = Array.from({ length: 100 }, (_, k) => Math.sin(k / 8 - 1));
const link = '#metric=soft-dtw';

describe('soft-DTW on the page', { skip: noBrowser, concurrency: AT_ONCE }, () => {
  const open = servedPage();

  it('answers while gamma moves, with fewer requests than movements, and ends at the value of the last', async () => {
    const { page, faults } = await open(link);
    await enter(page);
    const before = await shownValue(page);
    const table = () => page.locator('#cost canvas.cells').evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
    const sharp = await table();
    let requests = 0;
    page.on('request', (request) => {
      if (request.method() === 'POST') requests++;
    });
    const values = await page.evaluate(async () => {
      const slider = document.querySelector('#fields input[type=range]') as HTMLInputElement;
      const seen = new Set<string>();
      for (let k = 0; k <= 200; k++) {
        slider.valueAsNumber = -1.5 + k / 100;
        slider.dispatchEvent(new Event('input'));
        await new Promise((done) => setTimeout(done, 4));
        seen.add(document.querySelector('output.value b')?.textContent ?? '');
      }
      return seen.size;
    });
    assert.ok(values > 3, `${values} values were seen while the slider moved`);
    assert.ok(requests > 3 && requests < 201, `${requests} requests for 201 movements`);
    const { value } = evaluate('soft-dtw', s1, s2, { gamma: 3.16 }); // 10 ** 0.5
    await page.waitForFunction(
      (text) => document.querySelector('output.value b')?.textContent === text,
      value.toPrecision(6),
    );
    assert.notEqual(await shownValue(page), before);
    assert.notEqual(await table(), sharp);
    assert.deepEqual(faults, []);
  });

  it('drops the answer to a pair that is no longer on the screen', async () => {
    const { page, faults } = await open(link);
    const before = await shownValue(page);
    await page.route('**/soft-dtw?*', async (route) => {
      await new Promise((done) => setTimeout(done, 400));
      await route.continue().catch(() => {}); // given up by the page
    });
    await page.selectOption('#example', 'coffee');
    await page.waitForTimeout(100);
    await page.selectOption('#example', 'italy-power');
    const after = await shownValue(page, before);
    const [one, other] = await page.$$eval('.series-field textarea', (areas) =>
      (areas as HTMLTextAreaElement[]).map(({ value }) => JSON.parse(value) as number[]),
    );
    assert.equal(one?.length, 24);
    assert.equal(after, evaluate('soft-dtw', one ?? [], other ?? [], {}).value.toPrecision(6));
    assert.deepEqual(faults, []);
  });

  for (const reducedMotion of ['no-preference', 'reduce'] as const) {
    it(`pulls s1 towards s2, and the loss falls (motion: ${reducedMotion})`, async () => {
      const { page, faults } = await open(link, { reducedMotion });
      const before = await shownValue(page);
      const line = () => page.locator('#alignment .series.s1 path').getAttribute('d');
      const first = await line();
      const drawn = await page.evaluateHandle(() => {
        const seen = new Set<string>();
        new MutationObserver(() =>
          seen.add(document.querySelector('#alignment .series.s1 path')?.getAttribute('d') ?? ''),
        ).observe(document.querySelector('#alignment') as Element, { childList: true, subtree: true });
        return seen;
      });
      await page.getByRole('button', { name: 'Pull s1 towards s2' }).click();
      const status = page.locator('#pull [role=status]');
      await page.waitForFunction(() => document.querySelector('#pull [role=status]')?.textContent?.startsWith('From'));
      const [from, to] = ((await status.textContent()) ?? '').match(/-?\d+\.\d+/g)?.map(Number) ?? [];
      assert.ok((to as number) < (from as number) - 1, `${from} to ${to}`);
      assert.equal(from?.toPrecision(6), before);
      assert.equal(await shownValue(page), to?.toPrecision(6));
      assert.notEqual(await line(), first);
      const pictures = await drawn.evaluate(({ size }) => size);
      assert.ok(reducedMotion === 'reduce' ? pictures <= 4 : pictures > 10, `${pictures} pictures`);
      await page.getByRole('button', { name: 'Restore s1' }).click();
      assert.equal(await shownValue(page, to?.toPrecision(6)), before);
      assert.deepEqual(faults, []);
    });
  }
});

/** Enters both series by hand. */
async function enter(page: Page): Promise<void> {
  await shownValue(page);
  for (const [name, values] of Object.entries({ s1, s2 })) {
    await page.click(`.series-field.${name} summary`);
    const before = await shownValue(page);
    await page.fill(`#${name}-text`, JSON.stringify(values));
    await shownValue(page, before);
  }
}
