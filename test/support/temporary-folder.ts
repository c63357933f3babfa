import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';

/** A folder of its own for a test file, removed when its tests have ended. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'warpserve-test-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

let shared: string | undefined;

/** A folder for all services of this process that keep nothing to look at, removed when it ends. */
export function sharedFolder(): string {
  if (shared === undefined) {
    const folder = mkdtempSync(join(tmpdir(), 'warpserve-test-'));
    process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
    shared = folder;
  }
  return shared;
}
