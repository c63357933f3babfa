import { after, before } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { type Service, startService, untilReady } from '../support/start-service.ts';
import { launch } from './browser.ts';

/** A page that records what it must not do. */
export interface Watched {
  readonly page: Page;
  /** Errors on the console, exceptions, violations of the policy, and requests to another host. */
  readonly faults: string[];
}

type Options = Parameters<Browser['newPage']>[0];

/**
 * A service for the tests of a `describe`, there before the first of them and gone after the last, and a browser.
 *
 * @returns opens the page at an address that is relative to the service's, until the end of the test that calls it
 */
export function servedPage(
  env: Record<string, string> = {},
): (address?: string, options?: Options) => Promise<Watched> {
  let service: Service;
  let browser: Browser;
  before(async () => {
    [service, browser] = await Promise.all([startService(env), sharedBrowser()]);
    await untilReady(service);
  });
  after(() => service.close());
  return async (address = '', options = {}) => {
    const watched = await openPage(browser, new URL(address, service.url).href, options);
    // After the test that opened it: others may run beside it.
    after(() => watched.page.close());
    return watched;
  };
}

/** One browser for all of a test file: its start takes as long as a test. Pages share nothing. */
let browser: Promise<Browser> | undefined;
function sharedBrowser(): Promise<Browser> {
  browser ??= launch();
  return browser;
}
after(async () => (await browser)?.close());

async function openPage(browser: Browser, url: string, options: Options): Promise<Watched> {
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
