// In the second kernel: `node relay-inside.mjs PORT PROGRAM [ARGUMENT…]` runs a program and brings it the connections of the serial line,
// which is its file descriptor 5.
import { spawn } from 'node:child_process';
import { connect } from 'node:net';
import { Duplex } from 'node:stream';
import { ReadStream, WriteStream } from 'node:tty';
import { Relay } from './relay.mjs';

const serialLine = 5;
const [port, program, ...words] = process.argv.slice(2);

const line = Duplex.from({ readable: new ReadStream(serialLine), writable: new WriteStream(serialLine) });
new Relay(line, () => connect({ host: '127.0.0.1', port: Number(port) }));

const child = spawn(program, words, { stdio: 'inherit' });
child.once('error', (error) => {
  process.stderr.write(`error: ${program} could not be started · ${error.message}\n`);
  process.exit(127);
});
child.once('exit', (code) => process.exit(code ?? 1));
