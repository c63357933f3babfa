import { type ChildProcess, spawn } from 'node:child_process';

/** Starts a server from its file, with more environment variables, and resolves once it is ready. End it with `process.kill()`. */
export async function start(
  file: string,
  port: number,
  variables: Readonly<Record<string, string>> = {},
): Promise<{ process: ChildProcess; url: string }> {
  const env = { ...process.env, PORT: String(port), LOG_LEVEL: 'warn', ...variables };
  const child = spawn(process.execPath, [file], { env, stdio: 'inherit' });
  const url = `http://127.0.0.1:${port}`;
  const ready = () =>
    fetch(`${url}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    );
  while (!(await ready())) await new Promise((resolve) => setTimeout(resolve, 100));
  return { process: child, url };
}
