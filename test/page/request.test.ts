import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { describe, it } from 'node:test';
import { promisify } from 'node:util';
import { noBrowser } from './browser.ts';
import { servedPage } from './served-page.ts';
import { shownValue } from './shown.ts';

const KEY = 'open-sesame';

describe('what users take away from the page', { skip: noBrowser }, () => {
  const open = servedPage({ API_KEYS: KEY });

  it('asks for the key if the service has one, and says when it is wrong', async () => {
    const { page, faults } = await open();
    await page.fill('#key', 'wrong');
    await page.click('text=Use this key');
    await page.waitForFunction(() =>
      document.querySelector('#key-error')?.textContent?.includes('not one of the configured'),
    );
    await page.fill('#key', KEY);
    await page.click('text=Use this key');
    assert.match(await shownValue(page), /^\d/);
    assert.ok(await page.locator('#key-banner').isHidden());
    assert.deepEqual(
      faults.filter((fault) => !fault.includes('401')),
      [],
    );
  });

  it('copies the request, which gives the value on the screen when run in a shell', async () => {
    const { page } = await open('#metric=soft-dtw&p.gamma=0.25&example=italy-power');
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.fill('#key', KEY);
    await page.click('text=Use this key');
    const value = await shownValue(page);
    const runs = {
      curl: async (text: string) => (JSON.parse(await run('bash', ['-c', text])) as { value: number }).value,
      Python: async (text: string) => Number(await run('python3', ['-c', text])),
      TypeScript: async (text: string) => Number(await run('node', ['--input-type=module', '-e', text])),
    };
    const copy = page.locator('#request-figure .copy button');
    assert.equal(await copy.textContent(), 'Copy the request');
    let text = '';
    for (const [language, valueBy] of Object.entries(runs)) {
      await page.getByLabel(language, { exact: true }).check();
      await copy.click();
      await page.getByRole('button', { name: 'Copied' }).waitFor();
      await page.waitForFunction(async (before) => (await navigator.clipboard.readText()) !== before, text);
      text = await page.evaluate(() => navigator.clipboard.readText());
      assert.doesNotMatch(text, new RegExp(KEY));
      assert.equal((await valueBy(text)).toPrecision(6), value, language);
    }
    await page.getByRole('button', { name: 'Copy the request' }).waitFor();
  });

  it('restores the state from a link: metric, parameters, and series of the user’s own', async () => {
    const { page } = await open();
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.fill('#key', KEY);
    await page.click('text=Use this key');
    let value = await shownValue(page);
    await page.click('.series-field.s1 summary');
    await page.fill('#s1-text', '1 2 5 2 1');
    value = await shownValue(page, value);
    await page.selectOption('#metric', 'msm');
    value = await shownValue(page, value);
    await page.getByLabel('sakoe_chiba_radius').fill('12');
    await page.getByLabel('c', { exact: true }).fill('0.1');
    value = await shownValue(page, value);
    await page.getByRole('button', { name: 'Copy link' }).click();
    await page.getByRole('button', { name: 'Copied' }).waitFor();
    const link = await page.evaluate(() => navigator.clipboard.readText());
    const { page: other } = await open(link);
    await other.fill('#key', KEY);
    await other.click('text=Use this key');
    assert.equal(await shownValue(other), value);
    assert.equal(await other.locator('#metric').inputValue(), 'msm');
    assert.equal(await other.getByLabel('sakoe_chiba_radius').inputValue(), '12');
    assert.equal(await other.locator('#s1-text').inputValue(), '[1,2,5,2,1]');
  });

  it('shows the first example if a link names a metric, an example or series that do not exist', async () => {
    const { page } = await open('#metric=none&example=none&s1=own:broken&s2=coffee:99');
    await page.fill('#key', KEY);
    await page.click('text=Use this key');
    assert.match(await shownValue(page), /^\d/);
    assert.equal(await page.locator('#metric').inputValue(), 'dtw');
  });
});

/** What a command writes. The service is in this process, so it must not wait. */
async function run(command: string, args: string[]): Promise<string> {
  const env = { ...process.env, WARPSERVE_KEY: KEY };
  return (await promisify(execFile)(command, args, { env, timeout: 20_000 })).stdout;
}
