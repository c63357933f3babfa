import { executionAsyncResource } from 'node:async_hooks';
import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  process.stderr.write(
    `warpserve: Warpserve needs Node 22.18 or newer; this is ${process.version}. \`npm start\` runs the Node that npm ci installed.\n`,
  );
  process.exit(1);
}

// Most of what V8 sees being made during startup stays, so it would go on making such objects in the old generation. There the few that a request makes, though
// soon dead, keep all of the request's memory until the next full collection: a tenth of everything that requests allocate.
setFlagsFromString('--no-allocation-site-pretenuring');

// A full collection begins when most of the room for old objects is used. Without this V8 begins one when less of it is left than all young objects might need, which
// under load is always: one collection followed the other, two a second, each of which kept the event loop for 20 ms.
setFlagsFromString('--incremental-marking-soft-trigger=80');

// A thread marks and frees in steps of a millisecond or two. Others that do it for it want processors when all of them compute, and at the end of a collection it waits for
// the last of them: for 15 to 30 ms, more than once.
setFlagsFromString('--no-concurrent-marking');
setFlagsFromString('--no-concurrent-sweeping');
setFlagsFromString('--no-concurrent-array-buffer-sweeping');

// V8 forgets the shape of a kind of objects when it has collected the last of them, and makes those of process.nextTick, seven for each request, three times as
// slowly from then on. So one of them is kept.
const kept: object[] = [];
process.nextTick(() => kept.push(executionAsyncResource()));

// What was compiled stays for the next start, which takes half as long: among the packages, because
// others may write to the folder for temporary files. The threads read the variable.
process.env.NODE_COMPILE_CACHE ??= fileURLToPath(new URL('../../node_modules/.cache/node', import.meta.url));
enableCompileCache();
await import('./start.ts');
