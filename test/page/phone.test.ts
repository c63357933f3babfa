import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { AT_ONCE, noBrowser } from './browser.ts';
import { servedPage } from './served-page.ts';
import { shownValue } from './shown.ts';

describe('the page on a slow phone', { skip: noBrowser, concurrency: AT_ONCE }, () => {
  const open = servedPage();

  it('answers a finger in every view, and nothing is wider than the screen', async () => {
    const { page, faults } = await open('', { hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } });
    const session = await page.context().newCDPSession(page);
    await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
    const fits = async (what: string) => {
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(overflow <= 0, `${what}: ${overflow} pixels too wide`);
    };
    const before = await shownValue(page);
    await page.selectOption('#metric', 'msm');
    await shownValue(page, before);
    await page.locator('#alignment .plot').tap({ position: { x: 200, y: 120 } });
    await page.locator('#alignment .cross circle').first().waitFor({ state: 'attached' });
    await fits('a pair');
    await page.getByRole('radio', { name: 'A data set' }).tap();
    await page.locator('#matrix .tree').waitFor();
    await page.locator('#matrix .chart').tap({ position: { x: 100, y: 60 } });
    await page.locator('#alignment-heading').waitFor();
    await page.getByRole('radio', { name: 'Nearest neighbours' }).tap();
    await page.locator('#neighbors li svg').first().waitFor();
    await fits('neighbours');
    await page.locator('#neighbors li button').first().tap();
    await page.locator('#alignment-heading').waitFor();
    await page.getByRole('radio', { name: 'A long series' }).tap();
    await page.locator('#matches li svg').first().waitFor();
    await page.locator('#search .plot').tap({ position: { x: 200, y: 100 } });
    await page
      .getByText(/^step \d+ = /)
      .first()
      .waitFor();
    await fits('a long series');
    await page.getByRole('radio', { name: 'Stored data and jobs' }).tap();
    await page.locator('#upload-file').waitFor();
    await fits('what is stored');
    assert.deepEqual(faults, []);
  });

  it('has its parameters closed below the figures, and open beside them where there is room', async () => {
    const { page } = await open('', { viewport: { width: 768, height: 900 } });
    await shownValue(page);
    const isOpen = () => page.locator('#parameters').evaluate((one: HTMLDetailsElement) => one.open);
    assert.equal(await isOpen(), false);
    const top = (selector: string) => page.locator(selector).evaluate((one) => one.getBoundingClientRect().top);
    assert.ok((await top('#alignment')) < (await top('#parameters')));
    const { page: wide } = await open('', { viewport: { width: 1200, height: 900 } });
    assert.equal(await wide.locator('#parameters').evaluate((one: HTMLDetailsElement) => one.open), true);
  });
});
