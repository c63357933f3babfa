import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ServiceProcess } from '../support/start-process.ts';

/** Bytes of memory that requests have, and readers that were cut off, as the service tells. */
export async function told(url: string, name: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);
}

/** Sixteen readers ask for a matrix of so many rows, and read nothing. Resolves once the service has given up every answer that it began, within some seconds. */
export async function silentReaders({ url }: ServiceProcess, rows: number): Promise<string> {
  const body = JSON.stringify({ dataset1: Array.from({ length: rows }, (_, k) => [k]) });
  const head = `POST /euclidean/cdist HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n`;
  const sockets = Array.from({ length: 16 }, () => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1').on('error', () => {});
    socket.pause().write(head + body);
    return socket;
  });
  for (let waited = 0; waited < 12_000; waited += 500) {
    await sleep(500);
    if (waited > 3000 && (await told(url, 'warpserve_memory_bytes')) === 0) break;
  }
  const left = await told(url, 'warpserve_memory_bytes');
  const cut = await told(url, 'warpserve_readers_cut_off_total');
  for (const socket of sockets) socket.destroy();
  if (left > 0) throw new Error(`${left} bytes are still kept for readers that read nothing`);
  return `${cut} of ${sockets.length} cut off, nothing kept`;
}
