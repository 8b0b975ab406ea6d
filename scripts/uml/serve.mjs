// `node scripts/uml/serve.mjs [OPTION…]`: the server in a second, full kernel, for the browser on this machine. Options are the server's.
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

const { values, tokens } = parseArgs({
  options: { port: { type: 'string', default: '4380' } },
  strict: false,
  tokens: true,
});
// It listens in there where we do out here: the server lets in only whoever asks for its own address.
const listener = createServer();
await new Promise((resolve, reject) => {
  listener.once('error', reject);
  listener.listen(Number(values.port), '127.0.0.1', resolve);
});
const { port } = listener.address();
const others = withoutPort(process.argv.slice(2), tokens);

const end = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => end.abort());

const server = [
  process.execPath,
  join(root, 'apps/server/bundle/main.js'),
  '--port',
  `${port}`,
  '--no-open',
  ...others,
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
  if (why !== null && !end.signal.aborted) {
    process.stderr.write(
      `error: the second kernel is gone: ${why} · linux.uml · its console:\n\n${console.join('\n')}\n`,
    );
  }
  process.exit(end.signal.aborted ? 0 : (status ?? 1));
} catch (error) {
  if (!(error instanceof SetUpError)) throw error;
  process.stderr.write(`error: ${error.message}\n`);
  process.exit(1);
}

/** A person's token and labs are those of this machine, as copies. */
function environment() {
  const { HOME = '/root', XDG_STATE_HOME, XDG_DATA_HOME } = process.env;
  const given = Object.entries({ HOME, XDG_STATE_HOME, XDG_DATA_HOME }).filter(([, value]) => value !== undefined);
  return { ...Object.fromEntries(given), ...(process.stdout.isTTY ? {} : { NO_COLOR: '1' }) };
}

/** The words that are not about the port. */
function withoutPort(words, tokens) {
  const about = tokens.filter(({ kind, name }) => kind === 'option' && name === 'port');
  const left = new Set(about.flatMap(({ index, inlineValue }) => (inlineValue ? [index] : [index, index + 1])));
  return words.filter((_, index) => !left.has(index));
}
