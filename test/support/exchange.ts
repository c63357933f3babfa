import { connect } from 'node:net';

/** What came back on a bare connection. */
export interface Exchange {
  /** 0 where nothing came. */
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** How many answers there were. */
  readonly answers: number;
}

/**
 * Writes bytes on a connection of its own and reads until the service closes it. `leaveAfter`: milliseconds after which the client does; `slowly`: the
 * bytes are written one by one, the given number of milliseconds apart.
 */
export function exchange(
  url: string,
  bytes: string,
  { leaveAfter, slowly }: { leaveAfter?: number; slowly?: number } = {},
): Promise<Exchange> {
  return new Promise((resolve) => {
    let text = '';
    let sent = 0;
    const socket = connect(Number(new URL(url).port), '127.0.0.1', () => {
      if (slowly === undefined) socket.write(bytes);
    });
    const drip = setInterval(
      () => socket.writable && sent < bytes.length && socket.write(bytes.slice(sent, ++sent)),
      slowly ?? 1e6,
    );
    const leave = leaveAfter === undefined ? undefined : setTimeout(() => socket.destroy(), leaveAfter);
    socket.on('data', (chunk) => {
      text += chunk;
    });
    socket.on('error', () => {});
    socket.on('close', () => {
      clearInterval(drip);
      clearTimeout(leave);
      resolve(parsed(text));
    });
  });
}

function parsed(text: string): Exchange {
  const end = text.indexOf('\r\n\r\n');
  const [head, body] = end < 0 ? [text, ''] : [text.slice(0, end), text.slice(end + 4)];
  const [first = '', ...lines] = head.split('\r\n');
  const headers = Object.fromEntries(
    lines.map((line) => {
      const [, name = '', value = ''] = /^([^:]*):\s*(.*)$/.exec(line) ?? [];
      return [name.toLowerCase(), value];
    }),
  );
  return { status: Number(first.slice(9, 12)), headers, body, answers: text.match(/^HTTP\/1\.1 /gm)?.length ?? 0 };
}
