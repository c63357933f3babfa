import type { Page } from 'playwright-core';

/** Drops files on the page. */
export async function drop(
  page: Page,
  files: readonly (readonly [name: string, content: Buffer | string])[],
): Promise<void> {
  const packed = files.map(([name, content]) => [name, Buffer.from(content as string).toString('base64')] as const);
  await page.evaluate((dropped) => {
    const dataTransfer = new DataTransfer();
    for (const [name, base64] of dropped) {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      dataTransfer.items.add(new File([bytes], name));
    }
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
  }, packed);
}
