import { execFile, execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { promisify } from 'node:util';

const ip = async (...args: string[]): Promise<void> => void (await promisify(execFile)('ip', args));
const unique = (kind: string, count: number): string => `ws${kind}${process.pid.toString(36)}x${count}`;
let count = 0;

/** Why processes cannot be put into network namespaces; false if they can. */
export const withoutNamespaces = reasonAgainst();

function reasonAgainst(): string | false {
  const name = unique('t', 0);
  const tried = (...args: string[]) => execFileSync('ip', args, { stdio: ['ignore', 'ignore', 'pipe'] });
  try {
    tried('netns', 'add', name);
  } catch (error) {
    return `needs the rights of root for network namespaces: ${(error as Error).message.trim().split('\n').at(-1)}`;
  }
  try {
    tried('link', 'add', unique('h', 0), 'type', 'veth', 'peer', 'name', 'eth0', 'netns', name);
    return false;
  } catch (error) {
    return `needs virtual Ethernet: ${(error as Error).message.trim().split('\n').at(-1)}`;
  } finally {
    tried('netns', 'del', name);
  }
}

/** A network namespace, which stands for a machine: it reaches nothing but what is forwarded to it, through a link that can be cut. */
export interface Machine {
  /** What to put before a command that is to run there. */
  readonly enter: readonly string[];
  /** Its own address. */
  readonly address: string;
  /** The address of this machine, as seen from there. */
  readonly host: string;
  /** Cuts the link: nobody is told, packets are lost. */
  cut(): Promise<void>;
  mend(): Promise<void>;
  remove(): Promise<void>;
}

/** Adds a machine. `ports`: those of this machine's loopback that it reaches. Remove it when its processes have ended. */
export async function addMachine(ports: readonly number[]): Promise<Machine> {
  const number = ++count;
  const [name, link] = [unique('m', number), unique('h', number)];
  // 198.18.0.0/15 is for such tests (RFC 2544). Each machine has four addresses of it.
  const base = ((process.pid % 255) << 8) + 4 * (number % 64);
  const address = (last: number): string => `198.18.${base >> 8}.${(base & 255) + last}`;
  const [host, own] = [address(1), address(2)];
  await ip('netns', 'add', name);
  await ip('link', 'add', link, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', name);
  await ip('address', 'add', `${host}/30`, 'dev', link);
  await ip('link', 'set', link, 'up');
  await ip('-n', name, 'address', 'add', `${own}/30`, 'dev', 'eth0');
  for (const device of ['lo', 'eth0']) await ip('-n', name, 'link', 'set', device, 'up');
  const forwarders = await Promise.all(ports.map((port) => forwarded(host, port)));
  return {
    enter: ['ip', 'netns', 'exec', name],
    address: own,
    host,
    cut: () => ip('link', 'set', link, 'down'),
    mend: () => ip('link', 'set', link, 'up'),
    async remove() {
      for (const end of forwarders) end();
      await ip('netns', 'del', name);
    },
  };
}

/** Passes connections to a port of an address on to the same port of loopback. @returns how to end that */
async function forwarded(host: string, port: number): Promise<() => void> {
  const open = new Set<Socket>();
  const server: Server = createServer((from) => {
    const to = connect(port, '127.0.0.1');
    for (const [one, other] of [
      [from, to],
      [to, from],
    ] as const) {
      open.add(one);
      one.once('error', () => other.destroy());
      one.once('close', () => {
        open.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
  });
  server.listen(port, host);
  await once(server, 'listening');
  return () => {
    server.close();
    for (const socket of open) socket.destroy();
  };
}
