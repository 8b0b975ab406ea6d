import { spawn } from 'node:child_process';
import { type AddressInfo, createServer } from 'node:net';

import { afterEach, expect, it } from 'vitest';
import type { AgentProcess } from './agent-process.js';
import { AgentStart } from './agent-start.js';

/** Says that it is ready, asks for a port, and tells what was said to that. In no sandbox: only its line matters here. */
const asker = `
process.on('disconnect', () => process.exit(0));
process.on('message', (news) => {
  if (news.type === 'published') process.send({ type: 'log', level: 'info', message: JSON.stringify(news.problems) });
});
process.send({ type: 'ready', protocol: 1, pid: process.pid });
process.send({ type: 'publish', ports: [{ namespace: 'h1', port: 80, at: Number(process.argv[1]) }] });
`;

let agent: AgentProcess | undefined;
afterEach(() => agent?.kill());

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

it.each([
  ['gets the port that it asks for', {}, 0],
  ['with the script of a stranger in it is refused every port', { hide: [] }, 1],
])('an agent %s', async (_what, options, refused) => {
  const child = spawn(process.execPath, ['-e', asker, `${await freePort()}`], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  agent = await new AgentStart(child, null, { ...options, agent: { node: 'node', bundle: 'agent.mjs' } }).ready(
    20_000,
    1,
  );
  const words: string[] = [];
  agent.onMessage((message) => {
    if (message.type === 'log') words.push(message.message);
  });
  await expect.poll(() => words, { timeout: 10_000 }).toHaveLength(1);
  expect(JSON.parse(words[0] ?? '')).toHaveLength(refused);
});
