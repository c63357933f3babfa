import type { Page } from 'playwright-core';

/** The value on the screen, once it is another than `before`. */
export async function shownValue(page: Page, before?: string): Promise<string> {
  const value = page.locator('output.value b');
  await page.waitForFunction(
    (old) => (document.querySelector('output.value b')?.textContent ?? old) !== old,
    before ?? '',
  );
  return (await value.textContent()) ?? '';
}

/** The path over the table on the screen, as drawn. */
export const pathOf = (page: Page): Promise<string | null> => page.locator('#cost path.path').getAttribute('d');

/** Waits until the value on the screen is this one. */
export async function showsValue(page: Page, value: number): Promise<void> {
  await page.waitForFunction(
    (text) => document.querySelector('output.value b')?.textContent === text,
    value.toPrecision(6),
  );
}

/** The page at another address, loaded anew even if only the part after # differs. */
export async function load(page: Page, address: string): Promise<void> {
  const url = new URL(address, page.url()).href;
  await page.goto('about:blank');
  await page.goto(url);
}
