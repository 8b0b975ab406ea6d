import { connect, createServer } from 'node:net';
import { text as textOf } from 'node:stream/consumers';
import type { Edit } from '@vethlab/topology';
import { afterEach, describe, expect, it } from 'vitest';
import { freePort } from '../testing/free-port.js';
import { SandboxedLab, topologyOf } from '../testing/sandboxed-lab.js';

const text = (at: number) => `
vethlab: 1
name: Published
nodes:
  web:
    kind: host
    publish: [{ port: 80, at: ${at} }]
    commands:
      web: { run: [python3, -m, http.server, "80", --bind, "ADDRESS"] }
    interfaces: { eth0: { addresses: [10.0.0.1/24] } }
  h2: { kind: host, interfaces: { eth0: { addresses: [10.0.0.2/24] } } }
links:
  - endpoints: ["web:eth0", "h2:eth0"]
`;

/** Edits as a person's client would send them. */
const edit = (value: object): Edit => value as Edit;

let lab: SandboxedLab | undefined;
afterEach(async () => {
  await lab?.agent.kill();
  lab = undefined;
});

/** What the machine is told at this port of its loopback; null when nobody answers. */
async function ask(at: number): Promise<string | null> {
  try {
    const answer = await fetch(`http://127.0.0.1:${at}/`, { signal: AbortSignal.timeout(2000) });
    return await answer.text();
  } catch {
    // Refused, reset, or nobody there.
    return null;
  }
}

/** Says something to the port and resets the connection at once. */
function breakOff(at: number): Promise<void> {
  return new Promise((resolve) => {
    const visitor = connect(at, '127.0.0.1', () => {
      visitor.write('hello', () => visitor.resetAndDestroy());
    });
    visitor.once('error', () => undefined).once('close', () => resolve());
  });
}

async function open(at: number, address: string): Promise<SandboxedLab> {
  const topology = topologyOf(text(at).replace('ADDRESS', address));
  const opened = await SandboxedLab.open(topology);
  opened.agent.send({
    type: 'allow-commands',
    keys: [JSON.stringify(['python3', '-m', 'http.server', '80', '--bind', address])],
  });
  return opened;
}

describe('a published port', () => {
  it.each([
    ['everywhere', '0.0.0.0'],
    ['on the address of the node', '10.0.0.1'],
    ['on IPv6', '::1'],
  ])('reaches a program that listens %s', async (_where, address) => {
    const at = await freePort();
    lab = await open(at, address);
    await expect.poll(() => ask(at)).toContain('Directory listing');
    await expect.poll(() => lab?.observed.namespaces.web?.published).toEqual([{ port: 80, at, problem: null }]);
  });

  it('is taken away, and given to another node, by an edit', async () => {
    const at = await freePort();
    lab = await open(at, '0.0.0.0');
    await expect.poll(() => ask(at)).toContain('Directory listing');
    await lab.edit(edit({ type: 'set-publish', node: 'web', publish: [] }));
    await expect.poll(() => ask(at)).toBeNull();
    await expect.poll(() => lab?.observed.namespaces.web?.published).toBeUndefined();
    await lab.edit(edit({ type: 'set-publish', node: 'h2', publish: [{ port: 80, at }] }));
    await expect.poll(() => lab?.observed.namespaces.h2?.published).toEqual([{ port: 80, at, problem: null }]);
    // Nobody listens in h2: the connection is reset, as the node itself would do it.
    expect(await ask(at)).toBeNull();
  });

  it('that another program has is told at the node, and the lab works', async () => {
    const at = await freePort();
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(at, '127.0.0.1', resolve));
    lab = await open(at, '0.0.0.0');
    expect(lab.report.failures).toEqual([]);
    await expect
      .poll(() => lab?.observed.namespaces.web?.published?.[0]?.problem)
      .toBe(`Port ${at} of the machine is in use by another program or lab.`);
    await new Promise<void>((resolve) => other.close(() => resolve()));
  });

  it('outlives visitors who break off while their connection is made', async () => {
    const at = await freePort();
    lab = await open(at, '0.0.0.0');
    await expect.poll(() => ask(at)).toContain('Directory listing');
    // Whoever comes waits, and never gets there.
    expect(lab.run('ip', 'netns', 'exec', 'web', 'iptables', '-I', 'INPUT', '-j', 'DROP').status).toBe(0);
    const broken = Array.from({ length: 6 }, () => breakOff(at));
    await Promise.all(broken);
    expect(lab.run('ip', 'netns', 'exec', 'web', 'iptables', '-F').status).toBe(0);
    await expect.poll(() => ask(at)).toContain('Directory listing');
  });

  it('answers a visitor who has closed his side of the connection already', async () => {
    const at = await freePort();
    lab = await open(at, '0.0.0.0');
    await expect.poll(() => ask(at)).toContain('Directory listing');
    const visitor = connect({ port: at, host: '127.0.0.1', allowHalfOpen: true });
    visitor.end('GET / HTTP/1.0\r\n\r\n');
    expect(await textOf(visitor)).toContain('Directory listing');
  });

  it('goes with the lab', async () => {
    const at = await freePort();
    lab = await open(at, '0.0.0.0');
    await expect.poll(() => ask(at)).not.toBeNull();
    await lab.agent.kill();
    expect(await ask(at)).toBeNull();
  });
});
