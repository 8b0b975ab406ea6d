import type { Observed, ObservedInterface, ObservedNamespace } from '@vethlab/observed';
import type { HostNamespace, HostReply } from '@vethlab/protocol';
import { emptyTopology, type Node, type Topology } from '@vethlab/topology';
import { describe, expect, it } from 'vitest';
import { isBare, isForeign, machineDrawing } from './machine-drawing';
import { canBeAdopted, kindOf, labelOf, nameOf, whatItIs } from './machine-words';

const interfaceOf = (ifname: string): ObservedInterface => ({
  ifname,
  ifindex: 2,
  type: 'veth',
  up: true,
  carrier: true,
  operstate: 'up',
  mtu: 1500,
  mac: null,
  master: null,
  portState: null,
  peer: null,
  addresses: [],
});
const inside = (name: string, ...ifnames: string[]): ObservedNamespace => ({
  name,
  inode: 1,
  forwarding: { ipv4: false, ipv6: false },
  interfaces: Object.fromEntries(ifnames.map((ifname) => [ifname, interfaceOf(ifname)])),
  routes: [],
});
const about = (label: string, part: Partial<HostNamespace> = {}): HostNamespace => ({
  label,
  kind: 'named',
  inode: 1,
  names: [label],
  lab: null,
  container: null,
  processes: 0,
  ...part,
});
const host: Node = { kind: 'host', interfaces: {}, routes: [], firewall: [] } as unknown as Node;
const topology = (...names: string[]): Topology => ({
  ...emptyTopology('This machine'),
  nodes: Object.fromEntries(names.map((name) => [name, host])),
  canvas: { nodes: Object.fromEntries(names.map((name) => [name, { x: 1, y: 2 }])) },
});
const observed = (...namespaces: ObservedNamespace[]): Observed => ({
  namespaces: Object.fromEntries(namespaces.map((one) => [one.name, one])),
});
const reply = (part: Partial<HostReply>): HostReply => ({
  namespaces: [],
  observed: observed(),
  topology: topology(),
  drawn: [],
  leftOut: [],
  notes: [],
  ...part,
});

const machine = about('', { kind: 'host', names: [] });

describe('the drawing of a machine', () => {
  it('has the kernel states of each node under the name that it has on the drawing', () => {
    const label = '/proc/42 (redis server)';
    const drawing = machineDrawing(
      reply({
        namespaces: [machine, about(label, { kind: 'processes', names: [] }), about('__proto__', { lab: 'demo' })],
        observed: observed(inside('', 'p0', 'br0'), inside(label, 'eth0'), inside('__proto__', 'eth0')),
        topology: topology('this-machine', 'br0', 'redis-server-42', 'proto'),
        drawn: [
          { node: 'br0', namespace: '', bridge: 'br0' },
          { node: 'this-machine', namespace: '', bridge: null },
          { node: 'redis-server-42', namespace: label, bridge: null },
          { node: 'proto', namespace: '__proto__', bridge: null },
        ],
      }),
    );
    expect(Object.keys(drawing.observed.namespaces).sort()).toEqual([
      'br0',
      'proto',
      'redis-server-42',
      'this-machine',
    ]);
    expect(Object.keys(drawing.observed.namespaces['redis-server-42']?.interfaces ?? {})).toEqual(['eth0']);
    expect(Object.entries(drawing.topology.nodes).map(([name, { label: text }]) => [name, text])).toEqual([
      ['this-machine', 'the machine itself'],
      ['br0', 'bridge of this machine'],
      ['redis-server-42', 'unmanaged, no name'],
      ['proto', 'lab demo'],
    ]);
    expect([...drawing.nodes].filter(([, node]) => isForeign(node)).map(([name]) => name)).toEqual(['redis-server-42']);
  });

  it('places nothing by itself, so that what stands somewhere stays', () => {
    expect(machineDrawing(reply({ topology: topology('a') })).topology.canvas.nodes).toEqual({});
  });

  it('leaves a node without a namespace as it is', () => {
    const drawing = machineDrawing(
      reply({ topology: topology('a'), drawn: [{ node: 'a', namespace: 'gone', bridge: null }] }),
    );
    expect(drawing.nodes.size).toBe(0);
    expect(Object.keys(drawing.topology.nodes)).toEqual(['a']);
  });

  it('is bare when there is only the machine itself', () => {
    expect(isBare(reply({ namespaces: [machine], topology: topology('this-machine') }))).toBe(true);
    expect(isBare(reply({ namespaces: [machine], topology: topology('this-machine', 'br0') }))).toBe(false);
    expect(isBare(reply({ namespaces: [machine, about('a')], topology: topology('this-machine') }))).toBe(false);
  });
});

describe('the words for what is on a machine', () => {
  const container = about('/proc/7 (nginx)', { kind: 'container', container: 'f'.repeat(64), processes: 1 });

  it('say whose a namespace is', () => {
    expect(labelOf({ namespace: about('a'), bridge: null })).toBe('unmanaged');
    expect(labelOf({ namespace: container, bridge: null })).toBe(`container ${'f'.repeat(12)}`);
    expect(labelOf({ namespace: container, bridge: 'br0' })).toBe('bridge in /proc/7 (nginx)');
    expect(kindOf({ namespace: about('a', { lab: 'demo' }), bridge: null })).toBe('Namespace of the lab demo');
    expect(whatItIs(container)).toContain('One process runs in it.');
    expect(whatItIs(about('a', { names: ['a', 'b'] }))).toContain('It has more names: b.');
    expect(nameOf(about('a\u001b[31m'))).toBe('a‹ESC›[31m');
  });

  it('offer to adopt named namespaces that are nobody’s, and nothing else', () => {
    expect(canBeAdopted({ namespace: about('a'), bridge: null })).toBe(true);
    expect(canBeAdopted({ namespace: about('a'), bridge: 'br0' })).toBe(false);
    expect(canBeAdopted({ namespace: about('a', { lab: 'demo' }), bridge: null })).toBe(false);
    expect(canBeAdopted({ namespace: about('$(id)'), bridge: null })).toBe(false);
    for (const namespace of [machine, container]) expect(canBeAdopted({ namespace, bridge: null })).toBe(false);
  });
});
