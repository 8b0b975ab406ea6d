import type { Edit } from '@vethlab/topology';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EchoStream, serveEcho } from './testing/echo-stream.js';
import { exampleLab, SandboxedLab, topologyOf } from './testing/sandboxed-lab.js';

/** h1 – r – h2, dual stack; h2 has no way back to h1's subnet. */
const text = `
vethlab: 1
name: Firewall
nodes:
  h1:
    kind: host
    interfaces: { eth0: { addresses: [10.1.0.2/24, "2001:db8:1::2/64"] } }
    routes: [{ to: default, via: 10.1.0.1 }, { to: default, via: "2001:db8:1::1" }]
  r:
    kind: router
    interfaces:
      eth0: { addresses: [10.1.0.1/24, "2001:db8:1::1/64"] }
      eth1: { addresses: [10.2.0.1/24, "2001:db8:2::1/64"] }
    nat:
      masquerade:
        - { out: eth1 }
      forwards:
        - { in: eth1, protocol: tcp, port: 8080, to: 10.1.0.2, toPort: 80 }
    firewall:
      forward:
        policy: drop
        rules:
          - { state: [established, related], action: accept }
          - { in: eth0, out: eth1, action: accept }
          - { in: eth1, protocol: tcp, port: 80, to: 10.1.0.2, action: accept }
  h2:
    kind: host
    interfaces: { eth0: { addresses: [10.2.0.2/24, "2001:db8:2::2/64"] } }
links:
  - endpoints: ["h1:eth0", "r:eth0"]
  - endpoints: ["r:eth1", "h2:eth0"]
`;

const edit = (value: object): Edit => value as Edit;

it('the example lab of a port forward leads to its web server, and to nothing else', async () => {
  const lab = await SandboxedLab.open(exampleLab('port-forward'));
  try {
    const run = lab.topology.nodes.web?.commands?.http?.run ?? [];
    lab.run('nsenter', '--net=/run/netns/web', 'sh', '-c', `${run.join(' ')} >/dev/null 2>&1 &`);
    const visit = (host: string, port: number) =>
      lab.run('nsenter', '--net=/run/netns/visitor', 'python3', '-c', client(host, port)).status === 0;
    await lab.until(() => visit('203.0.113.1', 8080), 'the web server answers at the port of the router');
    expect(visit('203.0.113.1', 80)).toBe(false);
    expect(visit('10.1.0.2', 80)).toBe(false);
  } finally {
    await lab.close();
  }
});

it('the example lab of a firewall lets the world to port 80 of its web server, and to no other', async () => {
  const lab = await SandboxedLab.open(exampleLab('firewall'));
  try {
    for (const port of [80, 22]) {
      const serve = `python3 -m http.server ${port} --bind :: --directory /run >/dev/null 2>&1 &`;
      lab.run('nsenter', '--net=/run/netns/web', 'sh', '-c', serve);
    }
    const visit = (from: string, host: string, port: number) =>
      lab.run('nsenter', `--net=/run/netns/${from}`, 'python3', '-c', client(host, port)).status === 0;
    for (const web of ['10.2.0.2', '2001:db8:2::2']) {
      for (const port of [80, 22]) await lab.until(() => visit('office', web, port), `the office gets to port ${port}`);
      expect([web, visit('stranger', web, 80), visit('stranger', web, 22)]).toEqual([web, true, false]);
    }
  } finally {
    await lab.close();
  }
});

describe('firewall and NAT of a router', () => {
  let lab: SandboxedLab;
  const inside = (node: string, ...command: [string, ...string[]]) =>
    lab.run('nsenter', `--net=/run/netns/${node}`, ...command);
  const pings = (from: string, to: string) => inside(from, 'ping', '-c1', '-W1', to).status === 0;
  const nft = (...words: string[]) => {
    const { status, stderr, stdout } = inside('r', 'nft', ...words);
    if (status !== 0) throw new Error(stderr);
    return stdout;
  };
  const apply = async (value: object) => {
    const report = await lab.edit(edit(value));
    expect(report.failures).toEqual([]);
    expect(report.differences).toEqual([]);
    const { steps } = await lab.agent.request({ type: 'plan', diff: null });
    expect(steps.map(({ object, reason }) => `${object}: ${reason}`)).toEqual([]);
  };
  const forwardRules = (...rules: readonly object[]) => ({
    type: 'set-firewall',
    node: 'r',
    firewall: { ...lab.topology.nodes.r?.firewall, forward: { policy: 'drop', rules } },
  });
  const before = () => lab.topology.nodes.r?.firewall?.forward.rules ?? [];

  beforeAll(async () => {
    lab = await SandboxedLab.open(topologyOf(text));
  });
  afterAll(async () => {
    await lab.close();
  });

  it('are in the kernel after the apply, as nft reads them, and a second plan is empty', async () => {
    expect(lab.report.failures).toEqual([]);
    expect(lab.report.differences).toEqual([]);
    const { steps } = await lab.agent.request({ type: 'plan', diff: null });
    expect(steps).toEqual([]);
    expect(nft('list', 'ruleset').replaceAll(/counter packets \d+ bytes \d+ /g, '')).toContain(
      'iifname "eth0" oifname "eth1" accept',
    );
  });

  it('translate, let replies back in, and hold back what nobody asked for, in both families', () => {
    expect(pings('h1', '10.2.0.2')).toBe(true);
    expect(pings('h1', '2001:db8:2::2')).toBe(true);
    inside('h2', 'ip', 'route', 'add', '10.1.0.0/24', 'via', '10.2.0.1');
    expect(pings('h2', '10.1.0.2')).toBe(false);
    inside('h2', 'ip', 'route', 'del', '10.1.0.0/24');
  });

  it('lead a port of the router to the host behind it', async () => {
    inside('h1', 'sh', '-c', 'python3 -m http.server 80 --directory /run >/dev/null 2>&1 &');
    const get = () => inside('h2', 'python3', '-c', client('10.2.0.1', 8080));
    await lab.until(() => get().status === 0, 'the web server answers through the router');
    expect(inside('h2', 'python3', '-c', client('10.2.0.1', 80)).status).not.toBe(0);
  });

  it('change one rule while a stream that it does not concern goes on', async () => {
    serveEcho(lab, 'h1');
    await apply(forwardRules(...before(), { in: 'eth1', protocol: 'tcp', port: 9000, action: 'accept' }));
    await apply({
      type: 'set-nat',
      node: 'r',
      nat: {
        ...lab.topology.nodes.r?.nat,
        forwards: [
          ...(lab.topology.nodes.r?.nat?.forwards ?? []),
          { in: 'eth1', protocol: 'tcp', port: 9000, to: '10.1.0.2' },
        ],
      },
    });
    const stream = new EchoStream(lab, 'h2', '10.2.0.1');
    await stream.goesOn();
    for (let port = 5000; port < 5010; port += 1) {
      const rules = before().filter((rule) => rule.port === undefined || rule.port === 80 || rule.port === 9000);
      await lab.edit(edit(forwardRules(...rules, { in: 'eth0', protocol: 'udp', port, action: 'reject' })));
    }
    expect(lab.report.failures).toEqual([]);
    await stream.goesOn();
    // What a rule lets through no more ends: only the new rule allowed its beginning, so a new stream does not begin.
    await apply(forwardRules(...before().filter(({ port }) => port !== 9000)));
    expect(inside('h2', 'python3', '-c', client('10.2.0.1', 9000)).status).not.toBe(0);
  });

  it('are looked at with what they count, and the translations that live', async () => {
    const look = async () => {
      const { reading } = await lab.agent.request({ type: 'look', node: 'r', sections: ['counted', 'connections'] });
      return reading.pieces;
    };
    const before = (await look()).counted?.rows.find(({ chain, index }) => chain === 'postrouting' && index === 0);
    expect(pings('h1', '10.2.0.2')).toBe(true);
    const { counted, connections } = await look();
    const after = counted?.rows.find(({ chain, index }) => chain === 'postrouting' && index === 0);
    expect((after?.packets ?? 0) - (before?.packets ?? 0)).toBe(1);
    expect(connections?.rows.find(({ protocol }) => protocol === 'icmp')).toMatchObject({
      from: '10.1.0.2',
      to: '10.2.0.2',
      replyFrom: '10.2.0.2',
      replyTo: '10.2.0.1',
      translated: 'source',
      state: 'answered',
    });
    // The first reading of the same counters, by nft.
    expect(nft('list', 'chain', 'inet', 'vethlab', 'postrouting')).toContain(`packets ${after?.packets} `);
  });

  it('changed in a terminal are drift, and repaired', async () => {
    nft('flush', 'chain', 'inet', 'vethlab', 'forward');
    await lab.until(() => lab.drift.some(({ namespace }) => namespace === 'r'), 'the flush is seen');
    expect(lab.drift.map(({ kind, description }) => [kind, description])).toEqual([
      ['changed', 'the rules of r are not those of the lab'],
    ]);
    const { report } = await lab.agent.request({ type: 'repair', items: null });
    expect(report.failures).toEqual([]);
    expect(report.differences).toEqual([]);
    await lab.until(() => lab.drift.length === 0, 'there is no drift any more');
    nft('delete', 'table', 'inet', 'vethlab');
    await lab.until(() => lab.drift.length > 0, 'the missing table is seen');
    await lab.agent.request({ type: 'repair', items: null });
    await lab.until(() => lab.drift.length === 0, 'the table is back');
  });

  it('typed with iptables are one thing too much, which a repair takes away; what nobody can say is left alone', async () => {
    expect(inside('h2', 'iptables', '-A', 'INPUT', '-p', 'icmp', '-j', 'DROP').status).toBe(0);
    expect(inside('h2', 'nft', 'add', 'table', 'inet', 'x').status).toBe(0);
    expect(
      inside(
        'h2',
        'nft',
        'add chain inet x c { type filter hook output priority 0 ; }; add rule inet x c meta mark set 1',
      ).status,
    ).toBe(0);
    await lab.until(() => lab.drift.length > 0, 'the rule is seen');
    expect(lab.drift.map(({ kind, description }) => [kind, description])).toEqual([
      ['unexpected', 'table ip filter in h2 is not in the lab'],
    ]);
    expect(pings('h1', '10.2.0.2')).toBe(false);
    const { report } = await lab.agent.request({ type: 'repair', items: null });
    expect(report.failures).toEqual([]);
    expect(pings('h1', '10.2.0.2')).toBe(true);
    expect(inside('h2', 'nft', 'list', 'ruleset').stdout).toContain('meta mark set');
  });

  it('go with the document', async () => {
    await apply({ type: 'set-firewall', node: 'r', firewall: null });
    await apply({ type: 'set-nat', node: 'r', nat: null });
    expect(nft('list', 'ruleset')).toBe('');
    expect(pings('h1', '10.2.0.2')).toBe(false);
  });
});

/** Connects, and ends with 0 when it was let in. */
function client(host: string, port: number): string {
  return `import socket; socket.create_connection(("${host}", ${port}), 1)`;
}
