import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const executablePath = process.env.CHROMIUM ?? places.find(existsSync);

/** Why the tests of the page cannot run here; `false` if they can. */
export const noBrowser =
  executablePath === undefined && `no Chromium at ${places.join(', ')} or $CHROMIUM: apt-get install chromium`;

/** So many tests of a file run at a time, where they do not disturb each other: most of a test is waiting for the page. */
export const AT_ONCE = 2;

/** The machine's own Chromium. */
export function launch(): Promise<Browser> {
  const args =
    '--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync';
  return chromium.launch({ executablePath: executablePath as string, args: args.split(' ') });
}
