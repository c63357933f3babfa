// What npm start and npm test do first: they need a Node that runs TypeScript, and what npm run build makes. `npm ci` makes nothing: .npmrc
// switches install scripts off.
// Plain JavaScript, so that a Node too old for TypeScript says so itself, and not by an unknown file extension.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(
    `warpserve: this is Node ${process.version}, and 22.18 or newer is needed; on Linux and Windows npm ci installs one among the dependencies`,
  );
  process.exit(1);
}

/** What is built, from what, and with which package. */
const BUILDS = [
  {
    made: 'src/core/kernels/kernels.wasm',
    from: ['src/core/kernels/assembly', 'scripts/build-kernels.ts'],
    by: ['assemblyscript', 'scripts/build-kernels.ts'],
  },
  {
    made: 'dist/kernel-version.json',
    from: ['src/core', 'src/server/operations', 'package.json'],
    by: ['zod', 'scripts/build-version.ts'],
  },
  {
    made: 'dist/page/index.html',
    from: ['page', 'clients/typescript', 'docs', 'README.md', 'src/core'],
    by: ['vite', 'node_modules/vite/bin/vite.js', 'build', 'page', '--logLevel', 'warn'],
  },
];

const timeOf = (path) => statSync(path).mtimeMs;
const filesUnder = (path) =>
  statSync(path).isDirectory()
    ? readdirSync(path, { recursive: true, withFileTypes: true })
        .filter(
          (entry) =>
            entry.isFile() && !`${entry.parentPath}/`.includes('/node_modules/') && !entry.name.endsWith('.wasm'),
        )
        .map((entry) => `${entry.parentPath}/${entry.name}`)
    : [path];

for (const { made, from, by } of BUILDS) {
  const [tool, ...command] = by;
  const missing = !existsSync(made);
  // Where only runtime dependencies are installed, what is there has to do.
  if (!existsSync(`node_modules/${tool}`)) {
    if (!missing) continue;
    console.error(`warpserve: ${made} is missing, and ${tool} is not installed: run npm ci without --omit=dev`);
    process.exit(1);
  }
  if (!missing && from.flatMap(filesUnder).every((file) => timeOf(file) <= timeOf(made))) continue;
  console.error(`warpserve: building ${made}`);
  const { status } = spawnSync(process.execPath, command, { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
