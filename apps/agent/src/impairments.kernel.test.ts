import type { Edit, Impairment } from '@vethlab/topology';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EchoStream, serveEcho } from './testing/echo-stream.js';
import { SandboxedLab, topologyOf } from './testing/sandboxed-lab.js';

/** Where netem is missing, delays are tested in the full kernel (impairments.uml.test.ts); here is what a rate does. */
const text = `
vethlab: 1
name: Rates
nodes:
  h1: { kind: host, interfaces: { eth0: { addresses: [10.0.0.1/24], impairment: { rate: 10mbit } } } }
  h2: { kind: host, interfaces: { eth0: { addresses: [10.0.0.2/24] } } }
  sw1: { kind: switch, interfaces: { p1: {}, p2: { impairment: { rate: 1mbit, limit: 100 } } } }
  sw2: { kind: switch, interfaces: { p1: {}, p2: {} } }
links:
  - endpoints: ["h1:eth0", "h2:eth0"]
  - endpoints: ["sw1:p1", "sw2:p1"]
  - endpoints: ["sw1:p2", "sw2:p2"]
`;

interface TcQdisc {
  readonly kind: string;
  readonly handle: string;
  readonly options: { readonly rate?: number };
}

describe('a rate', () => {
  let lab: SandboxedLab;
  beforeAll(async () => {
    lab = await SandboxedLab.open(topologyOf(text));
  });
  afterAll(() => lab.close());

  const qdisc = (node: string, ifname: string) =>
    lab.json<TcQdisc[]>('tc', '-n', node, '-j', 'qdisc', 'show', 'dev', ifname)[0];
  const set = async (node: string, ifname: string, impairment: Impairment | null) => {
    const edit = { type: 'set-impairment', node, ifname, impairment } as Edit;
    const report = await lab.edit(edit);
    expect(report.failures).toEqual([]);
    expect(report.differences).toEqual([]);
    return report;
  };
  /** Bits per second that arrived, by iperf3: a program that shares nothing with us. */
  const transferred = (seconds: number) => {
    const inside = (name: string) => `nsenter --net=/run/netns/${name}`;
    const client = `${inside('h1')} iperf3 -c 10.0.0.2 -t ${seconds} -J`;
    const { stdout, stderr, status } = lab.run(
      'sh',
      '-c',
      // A folder of its own: a file that another run has left under the same name cannot be written over. A server serves once; that of the
      // transfer before may still be there, so one is started for every try. iperf3 -J exits with 0 where nobody listens: what it said decides.
      `at=$(mktemp -d)
      for try in $(seq 100); do
        ${inside('h2')} iperf3 -s -1 -D -I $at/pid 2>/dev/null
        ${client} --connect-timeout 500 >$at/said
        ! grep -q sum_received $at/said || break
        sleep 0.05
      done
      cat $at/said; rm -rf $at`,
    );
    if (status !== 0) throw new Error(stderr);
    const { end } = JSON.parse(stdout) as { end: { sum_received: { bits_per_second: number } } };
    return end.sum_received.bits_per_second;
  };

  it('of 10 mbit shows in a real transfer, and none does not', async () => {
    expect(lab.report.failures).toEqual([]);
    const slow = transferred(3);
    expect(slow).toBeLessThan(10_300_000);
    expect(slow).toBeGreaterThan(8_500_000);
    await set('h1', 'eth0', null);
    expect(qdisc('h1', 'eth0')?.kind).not.toBe('tbf');
    expect(transferred(1)).toBeGreaterThan(100_000_000);
  });

  it('is changed in place: the queue and what waits in it stay', async () => {
    await set('h1', 'eth0', { rateBitsPerSecond: 10_000_000 });
    const before = qdisc('h1', 'eth0');
    expect(before).toMatchObject({ kind: 'tbf', options: { rate: 1_250_000 } });
    const report = await set('h1', 'eth0', { rateBitsPerSecond: 50_000_000 });
    expect(report.operations).toBe(1);
    expect(qdisc('h1', 'eth0')).toMatchObject({ kind: 'tbf', handle: before?.handle, options: { rate: 6_250_000 } });
    expect(lab.observed.namespaces.h1?.interfaces.eth0?.shaping).toEqual({
      kind: 'tbf',
      rateBitsPerSecond: 50_000_000,
      limitBytes: 328_884,
    });
  });

  it('can change ten times, there and elsewhere, and a connection through it lives on', async () => {
    await set('h1', 'eth0', { rateBitsPerSecond: 10_000_000 });
    serveEcho(lab, 'h2');
    const stream = new EchoStream(lab, 'h1', '10.0.0.2');
    await stream.goesOn();
    for (let step = 1; step <= 10; step += 1) {
      await set('h1', 'eth0', { rateBitsPerSecond: step * 1_000_000 });
      await set('sw2', 'p1', { rateBitsPerSecond: step * 2_000_000 });
    }
    await stream.goesOn();
    await set('sw2', 'p1', null);
    await set('h1', 'eth0', null);
    await stream.goesOn();
  });

  it('below that of a loop of switches counts there, and the loop is held to its own without one', async () => {
    expect(qdisc('sw1', 'p2')).toMatchObject({ kind: 'tbf', options: { rate: 125_000 } });
    expect(qdisc('sw2', 'p2')).toMatchObject({ kind: 'tbf', options: { rate: 625_000 } });
    await set('sw1', 'p2', { rateBitsPerSecond: 100_000_000 });
    expect(qdisc('sw1', 'p2')).toMatchObject({ kind: 'tbf', options: { rate: 625_000 } });
    await set('sw1', 'p2', null);
    expect(qdisc('sw1', 'p2')).toMatchObject({ kind: 'tbf', options: { rate: 625_000 } });
  });

  it('that somebody typed is seen as a difference within a second, and repaired', async () => {
    await set('h1', 'eth0', { rateBitsPerSecond: 10_000_000 });
    lab.run(
      'tc',
      '-n',
      'h1',
      'qdisc',
      'change',
      'dev',
      'eth0',
      'root',
      ...'tbf rate 1mbit burst 16kb latency 50ms'.split(' '),
    );
    await lab.until(() => lab.drift.some(({ ifname, kind }) => ifname === 'eth0' && kind === 'changed'), 'drift', 1000);
    await lab.agent.request({ type: 'repair', items: null });
    expect(qdisc('h1', 'eth0')).toMatchObject({ options: { rate: 1_250_000 } });
    lab.run(
      'tc',
      '-n',
      'h2',
      'qdisc',
      'add',
      'dev',
      'eth0',
      'root',
      ...'tbf rate 1mbit burst 16kb latency 50ms'.split(' '),
    );
    await lab.until(() => lab.drift.some(({ namespace }) => namespace === 'h2'), 'drift in h2', 1000);
    await lab.agent.request({ type: 'repair', items: null });
    expect(qdisc('h2', 'eth0')?.kind).not.toBe('tbf');
  });

  it('for what comes in is seen while it is there, whatever else is read of its interface', async () => {
    const ingress = () => lab.observed.namespaces.h1?.interfaces.eth0?.ingress;
    lab.run('tc', '-n', 'h1', 'qdisc', 'add', 'dev', 'eth0', 'clsact');
    await lab.until(() => ingress() === 'clsact', 'the qdisc for what comes in');
    lab.run('ip', '-n', 'h1', 'link', 'set', 'eth0', 'mtu', '1400');
    await lab.until(() => lab.observed.namespaces.h1?.interfaces.eth0?.mtu === 1400, 'the MTU');
    expect(ingress()).toBe('clsact');
    await lab.agent.request({ type: 'repair', items: null });
    const parents = () => lab.json<TcQdisc[]>('tc', '-n', 'h1', '-j', 'qdisc', 'show', 'dev', 'eth0', 'ingress');
    expect(parents()).toMatchObject([{ kind: 'clsact' }]);
    lab.run('tc', '-n', 'h1', 'qdisc', 'del', 'dev', 'eth0', 'clsact');
    await lab.until(() => ingress() === undefined, 'no qdisc for what comes in');
  });
});

describe('what this kernel lacks', () => {
  it('is left out, told, and the rest is applied; the second plan is empty', async () => {
    const topology = topologyOf(text.replace('{ rate: 10mbit }', '{ delay: 20ms, loss: 10%, rate: 10mbit }'));
    const lab = await SandboxedLab.open(topology);
    try {
      expect(lab.report.failures).toEqual([]);
      expect(lab.report.differences).toEqual([]);
      const hasNetem = lab.features.find(({ name }) => name === 'netem')?.available;
      expect(hasNetem).toBeTypeOf('boolean');
      const [root] = lab.json<TcQdisc[]>('tc', '-n', 'h1', '-j', 'qdisc', 'show', 'dev', 'eth0');
      expect(root?.kind).toBe(hasNetem === true ? 'netem' : 'tbf');
      const { steps } = await lab.agent.request({ type: 'plan', diff: null });
      expect(steps).toEqual([]);
      expect(lab.drift).toEqual([]);
    } finally {
      await lab.close();
    }
  });
});
