// `node scripts/setup.mjs start|test|bench`: makes a fresh clone ready, and is quick when there is nothing to do. Plain Node, because it runs
// before anything is installed; everything else is imported only after the version of Node is known to be good enough.

const needed = [20, 19];
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < needed[0] || (major === needed[0] && minor < needed[1])) {
  process.stderr.write(
    `error: Node ${process.versions.node} is too old · package.json · install Node ${needed.join('.')} or newer, for example from https://nodejs.org\n`,
  );
  process.exit(1);
}

const { setUp } = await import('./set-up/set-up.mjs');
const mode = process.argv[2] ?? 'start';
process.exitCode = await setUp(mode);
