import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const executablePath = process.env.CHROMIUM ?? places.find(existsSync);

/** Why the tests of the page cannot run here; `false` where they can. */
export const noBrowser =
  executablePath === undefined && `no Chromium at ${places.join(', ')} or $CHROMIUM: apt-get install chromium`;

/** The machine's own Chromium. */
export function launch(): Promise<Browser> {
  const args =
    '--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync';
  return chromium.launch({ executablePath: executablePath as string, args: args.split(' ') });
}

/** A page that keeps account of what it must not do. */
export interface Watched {
  readonly page: Page;
  /** Errors on the console, exceptions, violations of the policy, and requests to another host. */
  readonly faults: string[];
}

/** Opens the page of a service and waits for its first answer. */
export async function openPage(
  browser: Browser,
  url: string,
  options: Parameters<Browser['newPage']>[0] = {},
): Promise<Watched> {
  const page = await browser.newPage(options);
  const faults: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) faults.push(`console: ${message.text()}`);
  });
  page.on('pageerror', ({ message }) => faults.push(`exception: ${message}`));
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== new URL(url).origin) faults.push(`request to ${request.url()}`);
  });
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective }) => {
      console.error(`violates ${violatedDirective}`);
    });
  });
  await page.goto(url);
  return { page, faults };
}

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
