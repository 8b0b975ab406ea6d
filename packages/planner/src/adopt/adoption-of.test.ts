import type { Observed, ObservedRoute } from '@vethlab/observed';
import { emptyTopology } from '@vethlab/topology';
import { describe, expect, it } from 'vitest';
import { driftOf } from '../drift.js';
import { address, all, device, kernel, lab, namespace, pair, route } from '../testing/typed-kernel.js';
import { adoptionOf } from './adoption-of.js';
import { choiceOf } from './choice.js';
import { ghostsOf } from './ghosts-of.js';

describe('what a namespace becomes', () => {
  it.each([
    ['nothing set', {}, {}, { kind: 'host' }],
    ['forwarding on', {}, { forwarding: { ipv4: true, ipv6: true } }, { kind: 'router' }],
    ['forwarding of IPv6', {}, { forwarding: { ipv4: false, ipv6: true } }, { kind: 'router', forwards: 'ipv6' }],
    ['a bridge br0 that is up', { br0: { type: 'bridge' } }, {}, { kind: 'switch' }],
    ['a bridge br0 that is down', { br0: { type: 'bridge', up: false } }, {}, { kind: 'host' }],
    ['a bridge of another name', { br1: { type: 'bridge' } }, {}, { kind: 'host' }],
    ['a port beside an interface', { br0: { type: 'bridge' }, e0: {}, e1: { master: 'br0' } }, {}, { kind: 'host' }],
    ['a loopback that is down', { lo: { type: 'loopback', up: false } }, {}, { kind: 'host', loopback: 'down' }],
  ] as const)('with %s', (_, interfaces, rest, expected) => {
    const { nodes } = all(kernel(namespace('n', interfaces, rest))).topology;
    expect(nodes.n).toEqual({ interfaces: {}, routes: [], ...expected });
  });

  it('stands in the document as people count, whichever was seen first', () => {
    const seen = (...names: string[]) => all(kernel(...names.map((name) => namespace(name)))).topology;
    expect(Object.keys(seen('ns10', 'ns2', 'ns1').nodes)).toEqual(['ns1', 'ns2', 'ns10']);
    const wired = (...namespaces: Parameters<typeof kernel>) => all(kernel(...namespaces)).topology.links;
    const a = namespace('a', { eth0: pair('b', 'eth0') });
    const b = namespace('b', { eth0: pair('a', 'eth0') });
    expect(wired(b, a)).toEqual(wired(a, b));
  });

  it('of a name that no node can have stays a ghost, with the reason', () => {
    const observed = kernel(namespace('$(id)'), namespace('__proto__'));
    const { topology, leftOut } = all(observed);
    expect(topology.nodes).toEqual({});
    expect(leftOut.map(({ what }) => what)).toEqual(['the namespace __proto__', 'the namespace $(id)']);
    const { namespaces } = ghostsOf(emptyTopology('test'), observed);
    expect(namespaces.map(({ name, whyNot }) => [name, whyNot === null])).toEqual([
      ['$(id)', false],
      ['__proto__', false],
    ]);
  });
});

describe('a node that has become a switch in the kernel', () => {
  const switched = kernel(namespace('n', { br0: { type: 'bridge' } }), namespace('m'));

  it.each([
    ['an address on an interface without a link', 'n', 'e0', { e0: { addresses: [], up: false } }],
    ['an interface with the name of the bridge', 'n', 'br0', {}],
  ])('loses %s, which no switch has', (_, name, ifname, left) => {
    const drawn = lab(`nodes:
  ${name}: { kind: host, interfaces: { ${ifname}: { addresses: [10.0.0.1/24], up: false } } }
  m: { kind: host }
links: []
`);
    const { topology, leftOut } = all(switched, drawn);
    expect(topology.nodes.n).toEqual({ kind: 'switch', interfaces: left, routes: [] });
    expect(leftOut).toEqual([]);
    expect(driftOf({ topology, observed: switched })).toEqual([]);
  });
});

it('a tunnel with an MTU of somebody’s own is built with it again', () => {
  const gre = { kind: 'gre', local: '10.0.0.1', remote: '10.0.0.2', key: null, ttl: 0 } as const;
  const { topology, leftOut } = all(kernel(namespace('n', { g0: { type: 'gre', mtu: 1280, device: gre } })));
  expect(leftOut).toEqual([]);
  expect(topology.nodes.n?.interfaces.g0).toMatchObject({ device: { kind: 'gre' }, mtu: 1280 });
});

it('a bridge that makes a switch of a host is a ghost that can be adopted, by itself', () => {
  const drawn = lab('nodes:\n  n: { kind: host }\nlinks: []\n');
  const observed = kernel(namespace('n', { br0: { type: 'bridge' } }));
  const [bridge] = ghostsOf(drawn, observed).interfaces;
  expect(bridge).toMatchObject({ ifname: 'br0', whyNot: null });
  const items = choiceOf([], [bridge?.id ?? '']);
  expect(adoptionOf({ topology: drawn, observed, items }).topology.nodes.n?.kind).toBe('switch');
});

it('an interface of a switch that is no port of its bridge stays as it is, and is told', () => {
  const drawn = lab(`nodes:
  sw: { kind: switch, interfaces: { p0: {} } }
  n: { kind: host, interfaces: { e0: {} } }
links:
  - { endpoints: ["sw:p0", "n:e0"] }
`);
  const observed = kernel(
    namespace('sw', { br0: { type: 'bridge' }, p0: pair('n', 'e0') }),
    namespace('n', { e0: pair('sw', 'p0') }),
  );
  const { diff, leftOut } = all(observed, drawn);
  expect(diff.changes).toEqual([]);
  expect(leftOut).toMatchObject([{ where: 'sw:p0', what: 'p0 being no port of br0' }]);
});

it('an MTU too small for IPv6 takes along the IPv6 addresses that waited for the interface to be up', () => {
  const drawn = lab(`nodes:
  a: { kind: host, interfaces: { a0: { up: false, addresses: [10.0.0.1/24, "2001:db8::1/64"] } } }
  b: { kind: host, interfaces: { b0: {} } }
links:
  - { endpoints: ["a:a0", "b:b0"] }
`);
  const found = { ...pair('b', 'b0'), up: false, mtu: 1000, addresses: [address('10.0.0.1/24')] };
  const { topology, leftOut } = all(
    kernel(namespace('a', { a0: found }), namespace('b', { b0: pair('a', 'a0') })),
    drawn,
  );
  expect(topology.nodes.a?.interfaces.a0).toEqual({ up: false, mtu: 1000, addresses: ['10.0.0.1/24'] });
  expect(leftOut).toEqual([]);
});

it('a router with NAT that has become a switch has none any more', () => {
  const drawn = lab(`nodes:
  n: { kind: router, interfaces: { e0: {} }, nat: { masquerade: [{ out: e0 }] } }
links: []
`);
  const { topology, leftOut } = all(kernel(namespace('n', { br0: { type: 'bridge' } })), drawn);
  expect(topology.nodes.n).toMatchObject({ kind: 'switch' });
  expect(topology.nodes.n).not.toHaveProperty('nat');
  expect(leftOut).toEqual([]);
});

describe('a veth pair', () => {
  const ends = { a0: pair('b', 'b0') };

  it('becomes a link with what both ends have', () => {
    const observed = kernel(
      namespace('a', { a0: { ...pair('b', 'b0'), mtu: 1400, addresses: [address('10.0.0.1/24')] } }),
      namespace('b', { b0: { ...pair('a', 'a0'), up: false, mac: '02:00:00:00:00:01', macByHand: true } }),
    );
    const { topology, leftOut } = all(observed);
    expect(leftOut).toEqual([]);
    expect(topology.links).toEqual([{ endpoints: ['a:a0', 'b:b0'], up: true }]);
    expect(topology.nodes.a?.interfaces).toEqual({ a0: { up: true, mtu: 1400, addresses: ['10.0.0.1/24'] } });
    expect(topology.nodes.b?.interfaces).toEqual({ b0: { up: false, mac: '02:00:00:00:00:01', addresses: [] } });
  });

  it.each([
    [
      'one end in the root namespace',
      { ...kernel(namespace('a', { a0: pair('', 'b0') })), root: { b0: device('b0', pair('a', 'a0')) } },
    ],
    [
      'one end in a namespace of a hostile name',
      kernel(namespace('a', { a0: pair('"', 'b0') }), namespace('"', { b0: pair('a', 'a0') })),
    ],
    [
      'an end of a hostile name',
      kernel(namespace('a', { a0: pair('b', '😀') }), namespace('b', { '😀': pair('a', 'a0') })),
    ],
    [
      'an end in a bridge that is no switch',
      kernel(
        namespace('a', { a0: { ...pair('b', 'b0'), master: 'br7' }, br7: { type: 'bridge' } }),
        namespace('b', { b0: pair('a', 'a0') }),
      ),
    ],
    ['an end that nobody sees', kernel(namespace('a', { a0: { peer: null } }))],
  ] as [string, Observed][])('with %s is left out, told, and a ghost', (_, observed) => {
    const { topology, leftOut } = all(observed);
    expect(topology.links).toEqual([]);
    expect(leftOut.some(({ what }) => /^the veth/.test(what))).toBe(true);
    const { pairs, interfaces } = ghostsOf(topology, observed);
    expect([...pairs, ...interfaces.filter(({ type }) => type === 'veth')]).toMatchObject([
      { whyNot: expect.any(String) },
    ]);
  });

  it('that leads elsewhere by now is another link, with the old label', () => {
    const topology = lab(`nodes:
  a: { kind: host, interfaces: { a0: } }
  b: { kind: host, interfaces: { b0: } }
  c: { kind: host }
links:
  - { endpoints: ["a:a0", "b:b0"], label: cable }
`);
    const observed = kernel(
      namespace('a', { a0: pair('c', 'b0') }),
      namespace('b'),
      namespace('c', { b0: pair('a', 'a0') }),
    );
    const adopted = all(observed, topology).topology;
    expect(adopted.links).toEqual([{ endpoints: ['a:a0', 'c:b0'], up: true, label: 'cable' }]);
    expect(adopted.nodes.b?.interfaces).toEqual({});
  });

  it('that has the name of what was no end of a link before becomes a link all the same', () => {
    const before = lab(`nodes:
  ns1: { kind: host, interfaces: { eth0: { device: { kind: dummy } } } }
  ns2: { kind: host, interfaces: {} }
`);
    const observed = kernel(
      namespace('ns1', { eth0: pair('ns2', 'eth0') }),
      namespace('ns2', { eth0: pair('ns1', 'eth0') }),
    );
    const { topology, leftOut } = all(observed, before);
    expect(leftOut).toEqual([]);
    expect(topology.links.map(({ endpoints }) => endpoints)).toEqual([['ns1:eth0', 'ns2:eth0']]);
    expect(topology.nodes.ns1?.interfaces.eth0).toEqual({ addresses: [], up: true });
  });

  it('is a ghost until it is adopted, and then none', () => {
    const observed = kernel(namespace('a', ends), namespace('b', { b0: pair('a', 'a0') }));
    const ghosts = ghostsOf(emptyTopology('test'), observed);
    expect(ghosts.pairs).toMatchObject([{ whyNot: null }]);
    expect(ghosts.namespaces.map(({ name }) => name)).toEqual(['a', 'b']);
    const ids = [...ghosts.namespaces, ...ghosts.pairs].map(({ id }) => id);
    const { topology } = adoptionOf({ topology: emptyTopology('test'), observed, items: choiceOf([], ids) });
    expect(topology.links.length).toBe(1);
    expect(ghostsOf(topology, observed)).toEqual({ namespaces: [], pairs: [], interfaces: [] });
  });
});

describe('routes', () => {
  const wired = (routes: ObservedRoute[]) =>
    kernel(
      namespace('a', { a0: { ...pair('b', 'b0'), addresses: [address('10.0.0.1/24')] } }, { routes }),
      namespace('b', { b0: pair('a', 'a0') }),
    );

  it.each([
    ['with a gateway', { via: '10.0.0.254', dev: 'a0' }, { to: 'default', via: '10.0.0.254' }],
    ['with a metric', { via: '10.0.0.254', dev: 'a0', metric: 7 }, { to: 'default', via: '10.0.0.254', metric: 7 }],
    ['over an interface', { to: '10.9.0.0/16', dev: 'a0' }, { to: '10.9.0.0/16', dev: 'a0' }],
  ])('%s become routes of the document', (_, found, expected) => {
    expect(all(wired([route(found)])).topology.nodes.a?.routes).toEqual([expected]);
  });

  it.each([
    ['over an interface that is not part of the lab', { via: '10.0.0.254', dev: 'tun0' }],
    ['with several ways', { to: '10.9.0.0/16' }],
    ['that is a default without a gateway', { dev: 'a0' }],
    ['to a gateway that no address leads to', { via: '192.168.7.1', dev: 'a0' }],
  ])('%s are left out and told', (_, found) => {
    const { topology, leftOut } = all(wired([route(found)]));
    expect(topology.nodes.a?.routes).toEqual([]);
    expect(leftOut).toMatchObject([{ namespace: 'a', what: expect.stringMatching(/^the route /) }]);
  });

  it('of routing daemons are nobody’s to adopt', () => {
    const { topology, leftOut } = all(wired([route({ via: '10.0.0.254', dev: 'a0', protocol: 12 })]));
    expect([topology.nodes.a?.routes, leftOut]).toEqual([[], []]);
  });
});

describe('what is gone', () => {
  const topology = lab(`nodes:
  a: { kind: host, interfaces: { a0: { addresses: [10.0.0.1/24] } }, routes: [{ to: default, via: 10.0.0.2 }] }
  b: { kind: host, label: keep me, interfaces: { b0: { addresses: [10.0.0.2/24] } } }
links:
  - endpoints: ["a:a0", "b:b0"]
probes:
  - { from: a, to: 10.0.0.2 }
  - { from: b, to: 10.0.0.1 }
canvas:
  nodes: { a: { x: 1, y: 2 }, b: { x: 300, y: 2 } }
`);

  it('goes from the document, with what hung on it', () => {
    const adopted = all(kernel(namespace('b')), topology);
    expect(adopted.summary).toBe('Removed a, as in the kernel.');
    expect(adopted.topology).toMatchObject({ links: [], probes: [], canvas: { nodes: { b: { x: 300, y: 2 } } } });
    expect(adopted.topology.nodes).toEqual({ b: { kind: 'host', label: 'keep me', interfaces: {}, routes: [] } });
  });

  it('stays when something else was picked', () => {
    const observed = kernel(namespace('b'), namespace('c'));
    const items = choiceOf([], ['namespace c']);
    const adopted = adoptionOf({ topology, observed, items });
    expect(Object.keys(adopted.topology.nodes)).toEqual(['a', 'b', 'c']);
    expect(adopted.topology.nodes.a).toBe(topology.nodes.a);
  });
});

describe('a VRF that is gone', () => {
  const topology = lab(`nodes:
  a:
    kind: host
    vrfs: { red: { table: 100 }, blue: { table: 200 } }
    commands: { web: { run: [x], vrf: red }, log: { run: [x], vrf: blue }, main: { run: [x] } }
probes:
  - { from: a, vrf: red, to: 10.0.0.2 }
`);
  const blue = { type: 'vrf', device: { kind: 'vrf' as const, table: 200 } };

  it('takes what ran in it along, and says so; the rest of the node is adopted', () => {
    const adopted = all(kernel(namespace('a', { blue })), topology);
    expect(Object.keys(adopted.topology.nodes.a?.vrfs ?? {})).toEqual(['blue']);
    expect(Object.keys(adopted.topology.nodes.a?.commands ?? {})).toEqual(['log', 'main']);
    expect(adopted.topology.probes).toEqual([]);
    expect(adopted.leftOut).toEqual([]);
    expect(adopted.summary).toBe('Removed the command web of a, as in the kernel.');
  });
});
