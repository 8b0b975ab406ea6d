// Run in a node of a lab, given as text: `serve PORT` says back what it hears, `ask PORT ADDRESS` talks to it until its stdin ends.
import { createConnection, createServer } from 'node:net';
import type { Talk } from './connection-beside.js';

/** One byte in each direction for about every edit that is made beside it. */
const intervalMs = 5;
/** Far longer than any hitch of a busy machine: what is lost comes never. */
const lateMs = 15_000;

const [what, port, address] = process.argv.slice(1);

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function serve(): void {
  createServer((socket) => {
    socket.pipe(socket);
    socket.on('error', () => socket.destroy());
  }).listen(Number(port), () => say('ready'));
  // Whoever started it is gone.
  process.stdin.resume().on('end', () => process.exit());
}

function ask(): void {
  let [sent, answered] = [0, 0];
  let hasEnded = false;
  const end = (broken: string | null): void => {
    const talk: Talk = { sent, answered, broken };
    // A pipe is written at once (process I/O of Node's documentation), so nothing is lost by the exit.
    say(JSON.stringify(talk));
    process.exit();
  };
  const socket = createConnection({ port: Number(port), host: address ?? '', noDelay: true });
  const timer = setInterval(() => {
    if (socket.connecting) return;
    sent += 1;
    socket.write('x');
  }, intervalMs);
  socket.on('data', (chunk) => {
    if (answered === 0) say('ready');
    answered += chunk.length;
    if (hasEnded && answered === sent) end(null);
  });
  socket.on('error', (error) => end(error.message));
  socket.on('close', () => end('it was closed by the other end'));
  process.stdin.resume().on('end', () => {
    hasEnded = true;
    clearInterval(timer);
    if (answered === sent) end(null);
    setTimeout(() => end(`no answer in ${lateMs} ms`), lateMs);
  });
}

if (what === 'serve') serve();
else ask();
