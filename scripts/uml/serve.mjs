// `node scripts/uml/serve.mjs [--port N] [--data DIR] [--runtime NAME]`: the server in a second, full kernel, for the browser on this machine.
import { once } from 'node:events';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { root, SetUpError } from '../set-up/repository.mjs';
import { runInUml } from './boot.mjs';
import { Relay } from './relay.mjs';

const inside = join(dirname(fileURLToPath(import.meta.url)), 'relay-inside.mjs');
/** A day: against what is forgotten only. */
const deadlineMs = 24 * 60 * 60 * 1000;

let options;
try {
  options = readOptions();
} catch (error) {
  fail(error.message);
}
// It listens in there where we do out here: the server lets in only whoever asks for its own address.
const listener = createServer();
const { port } = await listen(listener, Number(options.port)).catch((error) =>
  fail(`${error.message} · --port · stop the other program, or choose another`),
);

const end = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => end.abort());

const server = [
  process.execPath,
  join(root, 'apps/server/bundle/main.js'),
  '--no-open',
  ...wordsOf({ ...options, port }),
];
// It stays open from here on: a serial line that was closed is not opened again in there.
const openLine = 'exec 5<>/dev/ttyS0; stty raw -echo <&5; exec "$@"';
if (process.stdout.isTTY) {
  process.stdout.write(
    'Booting a second kernel… What you draw in it is gone when it ends: export what you want to keep.\n',
  );
}
try {
  const { status, console, why } = await runInUml({
    command: ['bash', '-c', openLine, 'serve', process.execPath, inside, `${port}`, ...server],
    cwd: root,
    env: environment(),
    deadlineMs,
    onLine: (line) => process.stdout.write(`${line}\n`),
    onSerialLine: (line) => {
      const relay = new Relay(line);
      listener.on('connection', (socket) => relay.carry(socket));
    },
    signal: end.signal,
  });
  if (end.signal.aborted) process.exit(0);
  if (why !== null) fail(`the second kernel is gone: ${why} · linux.uml · its console:\n\n${console.join('\n')}`);
  process.exit(status);
} catch (error) {
  if (!(error instanceof SetUpError)) throw error;
  fail(error.message);
}

/** Those of the server that mean something in there, with its default port. */
function readOptions() {
  const { values } = parseArgs({
    options: { port: { type: 'string', default: '7070' }, data: { type: 'string' }, runtime: { type: 'string' } },
  });
  if (!/^\d{1,5}$/.test(values.port) || Number(values.port) > 65_535) {
    throw new Error(`${JSON.stringify(values.port)} is no port · --port · use 0 to 65535, such as 7070`);
  }
  return values;
}

function wordsOf(values) {
  return Object.entries(values).flatMap(([name, value]) => [`--${name}`, `${value}`]);
}

async function listen(listener, port) {
  listener.listen(port, '127.0.0.1');
  await once(listener, 'listening');
  return listener.address();
}

function fail(message) {
  process.stderr.write(`error: ${message}\n`);
  process.exit(1);
}

/** A person's token and labs are those of this machine, as copies. */
function environment() {
  const { HOME = '/root', XDG_STATE_HOME, XDG_DATA_HOME } = process.env;
  const given = Object.entries({ HOME, XDG_STATE_HOME, XDG_DATA_HOME }).filter(([, value]) => value !== undefined);
  return { ...Object.fromEntries(given), ...(process.stdout.isTTY ? {} : { NO_COLOR: '1' }) };
}
