import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { Duplex, PassThrough } from 'node:stream';
import { afterEach, expect, test } from 'vitest';
// @ts-expect-error The scripts are plain JavaScript without declarations.
import { Relay } from './uml/relay.mjs';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function listen(onConnection: (socket: Socket) => void): Promise<number> {
  const server = createServer(onConnection).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** A port that leads over a line to whoever listens on another. */
async function relayed(target: number, lines: Duplex[] = []): Promise<number> {
  const [there, back] = [new PassThrough(), new PassThrough()];
  lines.push(Duplex.from({ readable: there, writable: back }));
  new Relay(lines[0], () => connect(target, '127.0.0.1'));
  const near = new Relay(Duplex.from({ readable: back, writable: there }));
  return listen((socket) => near.carry(socket));
}

async function readAll(socket: Socket): Promise<string> {
  let text = '';
  for await (const chunk of socket) text += String(chunk);
  return text;
}

test('many connections go over one line, each with its own bytes, to its own end', async () => {
  const echo = await listen((socket) => {
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk.toString();
      if (text.endsWith('.')) socket.end(text);
    });
  });
  const port = await relayed(echo);
  const sent = ['one.', `${'two'.repeat(100_000)}.`, 'three.'];
  const sockets = sent.map(() => connect(port, '127.0.0.1'));
  for (const [index, socket] of sockets.entries()) socket.write(sent[index] ?? '');
  expect(await Promise.all(sockets.map(readAll))).toEqual(sent);
});

test('an end that is not there, or goes away, is told as the end of that connection alone', async () => {
  const closed = await listen(() => undefined);
  await new Promise((done) => servers.pop()?.close(done));
  const nowhere = connect(await relayed(closed), '127.0.0.1');
  expect(await readAll(nowhere)).toBe('');

  const seen: Socket[] = [];
  const port = await relayed(await listen((socket) => seen.push(socket.on('data', () => socket.write('here')))));
  const [first, second] = [connect(port, '127.0.0.1'), connect(port, '127.0.0.1')];
  for (const socket of [first, second]) {
    socket.write('there?');
    await once(socket, 'data');
  }
  first.destroy();
  await once(seen[0] as Socket, 'close');
  second.write('still?');
  expect(String(await once(second, 'data'))).toBe('here');
  second.destroy();
});

test('the end of the line is the end of all connections, also of one that is still written to', async () => {
  const lines: Duplex[] = [];
  const seen: Socket[] = [];
  const port = await relayed(await listen((socket) => seen.push(socket.on('data', () => socket.write('here')))), lines);
  const socket = connect(port, '127.0.0.1');
  socket.write('there?');
  await once(socket, 'data');
  // What ends in the middle of something is reset.
  const told = new Promise((resolve) => seen[0]?.on('error', () => undefined).on('close', resolve));
  socket.on('error', () => undefined);
  lines[0]?.destroy(new Error('the kernel is gone'));
  seen[0]?.write('more');
  socket.write('still?');
  await told;
  socket.destroy();
});
