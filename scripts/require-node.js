// Plain JavaScript, so that a Node too old for TypeScript says so itself, and not by an unknown file extension.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(
    `warpserve: this is Node ${process.version}, and 22.18 or newer is needed; on Linux and Windows npm ci installs one among the dependencies`,
  );
  process.exit(1);
}
