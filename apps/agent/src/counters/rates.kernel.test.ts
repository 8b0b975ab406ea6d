import { afterAll, beforeAll, expect, it } from 'vitest';
import { exampleLab, SandboxedLab } from '../testing/sandboxed-lab.js';

let lab: SandboxedLab;

beforeAll(async () => {
  lab = await SandboxedLab.open(exampleLab('two-hosts'));
});
afterAll(() => lab.close());

/** What iproute2 says has gone through an interface, in bytes. */
function counted(namespace: string, ifname: string): { readonly rx: number; readonly tx: number } {
  type Row = { readonly stats64: Readonly<Record<'rx' | 'tx', { readonly bytes: number }>> };
  const [row] = lab.json<Row[]>('ip', '-j', '-s', '-n', namespace, 'link', 'show', 'dev', ifname);
  return { rx: row?.stats64.rx.bytes ?? 0, tx: row?.stats64.tx.bytes ?? 0 };
}

/** A datagram of 1,400 bytes every 5 ms for two seconds, to a port where nobody listens. */
const sendOneWay = `
import socket, time
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
for _ in range(400):
  s.sendto(bytes(1400), ("192.168.1.2", 9))
  time.sleep(0.005)
`;

it('the rates of an interface, summed up over their seconds, are what ip -s has counted meanwhile, each way for itself', async () => {
  const bits = { rx: 0, tx: 0 };
  let sweeps = 0;
  lab.agent.onMessage((message) => {
    if (message.type !== 'rates') return;
    sweeps += 1;
    const rate = message.rates['ns1:veth-ns1'];
    bits.rx += rate?.rxBitsPerSecond ?? 0;
    bits.tx += rate?.txBitsPerSecond ?? 0;
  });
  lab.agent.send({ type: 'watch', counters: true });
  // The first sweep has nothing to compare with.
  await lab.until(() => sweeps >= 2, 'the rates come');
  Object.assign(bits, { rx: 0, tx: 0 });
  const before = counted('ns1', 'veth-ns1');

  expect(lab.run('ip', 'netns', 'exec', 'ns1', 'python3', '-c', sendOneWay).status).toBe(0);
  const after = counted('ns1', 'veth-ns1');
  const swept = sweeps;
  await lab.until(() => sweeps >= swept + 3, 'the traffic is over, and counted');

  const tx = after.tx - before.tx;
  expect(tx).toBeGreaterThan(400 * 1400);
  // A second of a busy machine is longer at times than it should be, and the next one shorter.
  expect(bits.tx / 8 / tx).toBeGreaterThan(0.7);
  expect(bits.tx / 8 / tx).toBeLessThan(1.4);
  // The other way go a few words that nobody listens.
  expect(after.rx - before.rx).toBeLessThan(tx / 5);
  expect(bits.rx).toBeLessThan(bits.tx / 5);
});

it('nothing is told while nothing is sent, but once that it is over', async () => {
  const quiet = await SandboxedLab.open({ ...exampleLab('two-hosts'), probes: [] });
  try {
    const told: boolean[] = [];
    quiet.agent.onMessage((message) => {
      if (message.type === 'rates') told.push(Object.keys(message.rates).length > 0);
    });
    const sweeps = new Set<number>();
    const swept = async (count: number): Promise<void> => {
      sweeps.clear();
      while (sweeps.size < count) {
        const { lastCountersSweepMs } = (await quiet.agent.request({ type: 'figures' })).figures;
        if (lastCountersSweepMs !== null) sweeps.add(lastCountersSweepMs);
        await new Promise((tick) => setTimeout(tick, 50));
      }
    };
    quiet.agent.send({ type: 'watch', counters: true });
    await swept(1);
    expect(quiet.run('ip', 'netns', 'exec', 'ns1', 'ping', '-c1', '-W2', '192.168.1.2').status).toBe(0);
    await quiet.until(() => told.includes(true), 'the ping is told');
    await quiet.until(() => told.at(-1) === false, 'it is over');
    await swept(4);
    expect(told[0]).toBe(true);
    expect(told.filter((isSent, index) => !isSent && told[index + 1] === false)).toEqual([]);
  } finally {
    await quiet.close();
  }
});
