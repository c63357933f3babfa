import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { faultsOf } from './axe.ts';
import { AT_ONCE, noBrowser } from './browser.ts';
import { servedPage } from './served-page.ts';
import { shownValue } from './shown.ts';

describe('the documents beside the page', { skip: noBrowser, concurrency: AT_ONCE }, () => {
  const open = servedPage({ API_KEYS: 'open-sesame' });

  it('are linked from the page, and every link inside of them leads somewhere', async () => {
    const { page, faults } = await open();
    await page.getByRole('link', { name: 'README' }).click();
    await page.getByRole('heading', { name: 'Quick start' }).waitFor();
    const seen = new Set<string>();
    const left = [page.url()];
    for (let url = left.pop(); url; url = left.pop()) {
      await page.goto(url);
      const links = await page
        .locator('main a')
        .evaluateAll((all) => all.map((one) => (one as HTMLAnchorElement).href));
      const own = links.filter((link) => link.startsWith(new URL('.', url).href));
      for (const link of own) {
        const { pathname, hash, href } = new URL(link);
        if (pathname === new URL(url).pathname && hash) {
          assert.equal(await page.locator(`[id="${hash.slice(1)}"]`).count(), 1, link);
        }
        if (seen.has(pathname)) continue;
        seen.add(pathname);
        assert.equal((await page.request.get(href)).status(), 200, href);
        left.push(new URL(pathname, url).href);
      }
    }
    assert.ok(seen.size >= 5, [...seen].join(' '));
    assert.deepEqual(faults, []);
  });

  for (const name of ['readme', 'metrics']) {
    it(`${name} fits 360 pixels, and axe finds no serious fault`, async () => {
      const { page } = await open(`guide/${name}.html`, { viewport: { width: 360, height: 800 }, bypassCSP: true });
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(overflow <= 0, `${overflow} pixels too wide`);
      assert.deepEqual(await faultsOf(page), []);
    });
  }
});

describe('the page in other places', { skip: noBrowser, concurrency: AT_ONCE }, () => {
  const open = servedPage();

  it('has a card for those who share it', async () => {
    const { page } = await open();
    const of = (property: string) => page.locator(`meta[property="og:${property}"]`).getAttribute('content');
    assert.match((await of('title')) ?? '', /Warpserve/);
    const image = await page.request.get(new URL((await of('image')) ?? '', page.url()).href);
    assert.equal(image.status(), 200);
    assert.match(image.headers()['content-type'] ?? '', /image\/png/);
    assert.equal((await image.body()).readUInt32BE(16), Number(await of('image:width')));
  });

  it('keeps the colours that tell series apart where the system chooses colours', async () => {
    const { page, faults } = await open('', { forcedColors: 'active' });
    await shownValue(page);
    const colours = await page
      .locator('#alignment .series path')
      .evaluateAll((lines) => lines.map((one) => getComputedStyle(one).stroke));
    assert.equal(new Set(colours).size, 2, colours.join(' '));
    const [one, other] = await page
      .locator('.figure-head .swatch')
      .evaluateAll((all) => all.map((swatch) => getComputedStyle(swatch).backgroundColor));
    assert.notEqual(one, other);
    assert.deepEqual(faults, []);
  });
});
