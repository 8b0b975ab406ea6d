import type { PingOutcome } from '@vethlab/protocol';
import { type Edit, probeKey } from '@vethlab/topology';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exampleLab, SandboxedLab, topologyOf } from './testing/sandboxed-lab.js';

const edit = (value: object): Edit => value as Edit;

describe('the first ping', () => {
  it.each(['switch', 'two-switches'])('of a lab with switches is answered: %s', async (name) => {
    const lab = await SandboxedLab.open(exampleLab(name));
    try {
      const keys = lab.topology.probes.map(probeKey);
      const firstOf = (wanted: string) => lab.samples.find(({ key, sequence }) => key === wanted && sequence === 1);
      await lab.until(() => keys.every(firstOf), 'a first sample of every probe');
      expect(keys.map((key) => firstOf(key)?.outcome.kind)).toEqual(keys.map(() => 'reply'));
    } finally {
      await lab.close();
    }
  });
});

describe('pings', () => {
  let lab: SandboxedLab;

  beforeEach(async () => {
    lab = await SandboxedLab.open(exampleLab('router'));
  });
  afterEach(async () => {
    await lab.close();
  });

  const outcome = async (key: string, fits: (outcome: PingOutcome) => boolean) => {
    let found: PingOutcome | undefined;
    await lab.until(
      () => {
        found = lab.samples.filter((sample) => sample.key === key).find((sample) => fits(sample.outcome))?.outcome;
        return found !== undefined;
      },
      `the outcome of ${key}; seen: ${JSON.stringify(lab.samples.slice(-3))}`,
    );
    return found;
  };

  it('measure the round trip of a probe', async () => {
    const found = await outcome('ns1>192.168.2.1', ({ kind }) => kind === 'reply');
    if (found?.kind !== 'reply') throw new Error('no reply');
    expect(found.rttMs).toBeGreaterThan(0);
    expect(found.rttMs).toBeLessThan(1000);
  });

  it('say when the node itself has no route', async () => {
    await lab.edit(edit({ type: 'set-routes', node: 'ns1', routes: [] }));
    lab.samples.length = 0;
    expect(await outcome('ns1>192.168.2.1', ({ kind }) => kind === 'no-route')).toEqual({ kind: 'no-route' });
  });

  it('say who found the destination unreachable', async () => {
    await lab.edit(edit({ type: 'add-probe', from: 'ns1', to: '172.16.0.1', intervalMs: 300 }));
    expect(await outcome('ns1>172.16.0.1', ({ kind }) => kind === 'unreachable')).toEqual({
      kind: 'unreachable',
      from: '192.168.1.254',
      what: 'network',
    });
  });

  it('say that a neighbour does not answer ARP', async () => {
    await lab.edit(edit({ type: 'add-probe', from: 'ns1', to: '192.168.1.77', intervalMs: 1000 }));
    await outcome('ns1>192.168.1.77', ({ kind }) => kind === 'timeout');
    expect(await outcome('ns1>192.168.1.77', ({ kind }) => kind === 'unreachable')).toEqual({
      kind: 'unreachable',
      from: '192.168.1.1',
      what: 'host',
    });
  });

  it('say time-out while the far end drops', async () => {
    lab.run('nsenter', '--net=/run/netns/ns2', 'sysctl', '-qw', 'net.ipv4.icmp_echo_ignore_all=1');
    lab.samples.length = 0;
    expect(await outcome('ns1>192.168.2.1', ({ kind }) => kind === 'timeout')).toEqual({ kind: 'timeout' });
  });

  it('say that the firewall of the node itself does not let them out', async () => {
    const drop = '{ type filter hook output priority 0 ; policy drop ; }';
    const nft = (...words: string[]) => lab.run('nsenter', '--net=/run/netns/ns1', 'nft', words.join(' '));
    nft('add table ip own');
    nft('add chain ip own output', drop);
    lab.samples.length = 0;
    expect(await outcome('ns1>192.168.2.1', ({ kind }) => kind === 'refused')).toEqual({ kind: 'refused' });
    nft('delete table ip own');
  });

  it('reach everything from everywhere', async () => {
    const { report } = await lab.agent.request({ type: 'reach', family: 4 });
    expect(report.nodes).toEqual(['ns1', 'ns2']);
    expect(report.cells.map(({ from, to, outcome: { kind } }) => `${from} ${to} ${kind}`)).toEqual([
      'ns1 ns2 reply',
      'ns2 ns1 reply',
    ]);
  });

  it('reach all of 60 hosts on one switch, though their neighbours would overflow the table of the machine', async () => {
    const hosts = Array.from({ length: 60 }, (_, index) => index + 1);
    const crowded = await SandboxedLab.open(
      topologyOf(
        [
          'vethlab: 1',
          'name: Crowded',
          'nodes:',
          `  sw1: { kind: switch, interfaces: { ${hosts.map((host) => `p${host}: {}`).join(', ')} } }`,
          ...hosts.map(
            (host) => `  h${host}: { kind: host, interfaces: { eth0: { addresses: [10.0.0.${host}/24] } } }`,
          ),
          'links:',
          ...hosts.map((host) => `  - endpoints: ["h${host}:eth0", "sw1:p${host}"]`),
        ].join('\n'),
      ),
    );
    try {
      const { report } = await crowded.agent.request({ type: 'reach', family: 4 });
      expect(report.cells).toHaveLength(60 * 59);
      expect(report.cells.filter(({ outcome: { kind } }) => kind !== 'reply')).toEqual([]);
      // It leaves no trace: the entries it made are gone again.
      const left = crowded.json<unknown[]>('ip', '-j', '-n', 'h1', 'neigh').length;
      expect(left).toBeLessThan(15);
    } finally {
      await crowded.close();
    }
  });

  it('reach everything at once as soon as a link is back, however often it was asked for in vain', async () => {
    const switched = await SandboxedLab.open(exampleLab('switch'));
    try {
      const [link] = switched.topology.links;
      const key = `${link?.endpoints[0]}--${link?.endpoints[1]}`;
      for (let sweepsWhileDown = 1; sweepsWhileDown <= 3; sweepsWhileDown += 1) {
        await switched.edit(edit({ type: 'set-link', link: key, up: false }));
        for (let sweep = 0; sweep < sweepsWhileDown; sweep += 1)
          await switched.agent.request({ type: 'reach', family: 4 });
        await switched.edit(edit({ type: 'set-link', link: key, up: true }));
        const { report } = await switched.agent.request({ type: 'reach', family: 4 });
        expect(report.cells.filter(({ outcome: { kind } }) => kind !== 'reply')).toEqual([]);
      }
    } finally {
      await switched.close();
    }
  });

  it('reach whoever is behind a port of a switch that comes up while they are asked', async () => {
    const switched = await SandboxedLab.open(exampleLab('switch'));
    const bridge = switched.observed.namespaces.sw1?.interfaces.port4?.master ?? '';
    const port = (...master: string[]) =>
      expect(switched.run('ip', '-n', 'sw1', 'link', 'set', 'port4', ...master)).toMatchObject({ status: 0 });
    try {
      for (const host of ['h1', 'h2', 'h3', 'h4']) switched.run('ip', '-n', host, 'neigh', 'flush', 'all');
      port('nomaster');
      const asked = switched.agent.request({ type: 'reach', family: 4 });
      await new Promise((later) => setTimeout(later, 700));
      port('master', bridge);
      const { report } = await asked;
      expect(report.cells.filter(({ outcome: { kind } }) => kind !== 'reply')).toEqual([]);
    } finally {
      await switched.close();
    }
  });

  it('reach in IPv6', async () => {
    const dual = await SandboxedLab.open(exampleLab('dual-stack'));
    try {
      const { report } = await dual.agent.request({ type: 'reach', family: 6 });
      expect(report.cells.length).toBeGreaterThan(0);
      expect(report.cells.filter(({ outcome: { kind } }) => kind !== 'reply')).toEqual([]);
    } finally {
      await dual.close();
    }
  });
});
