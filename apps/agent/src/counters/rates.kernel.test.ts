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

it('the rates of an interface, summed up over time, are what ip -s has counted meanwhile', async () => {
  const sums = { rx: 0, tx: 0 };
  let sweeps = 0;
  let last = 0;
  lab.agent.onMessage((message) => {
    if (message.type !== 'rates') return;
    const seconds = (performance.now() - last) / 1000;
    last = performance.now();
    sweeps += 1;
    const rate = message.rates['ns1:veth-ns1'];
    sums.rx += ((rate?.rxBitsPerSecond ?? 0) / 8) * seconds;
    sums.tx += ((rate?.txBitsPerSecond ?? 0) / 8) * seconds;
  });
  lab.agent.send({ type: 'watch', counters: true });
  // The first sweep has nothing to compare with.
  await lab.until(() => sweeps >= 2, 'the rates come');
  Object.assign(sums, { rx: 0, tx: 0 });
  const before = counted('ns1', 'veth-ns1');

  // Some 28 KB each way in every tenth of a second, for two seconds.
  // In the background: the messages have to be read in the moment in which they come.
  lab.run('sh', '-c', 'ip netns exec ns1 ping -q -c400 -i0.005 -s1400 192.168.1.2 >/run/pinged 2>&1 &');
  await lab.until(() => lab.run('cat', '/run/pinged').stdout.includes(' 0% packet loss'), 'all pings are answered');
  const after = counted('ns1', 'veth-ns1');
  const swept = sweeps;
  await lab.until(() => sweeps >= swept + 3, 'the traffic is over, and counted');

  for (const way of ['rx', 'tx'] as const) {
    const bytes = after[way] - before[way];
    expect(bytes).toBeGreaterThan(400 * 1400);
    expect(sums[way] / bytes).toBeGreaterThan(0.8);
    expect(sums[way] / bytes).toBeLessThan(1.2);
  }
});
