import type { Observed, ObservedInterface, ObservedNamespace, ObservedRoute } from '@vethlab/observed';
import { emptyTopology, parseLabFile, type Topology } from '@vethlab/topology';
import { describe, expect, it } from 'vitest';
import { driftOf } from '../drift.js';
import { planLab } from '../plan-lab.js';
import { adoptionOf } from './adoption-of.js';
import { choiceOf } from './choice.js';
import { ghostsOf } from './ghosts-of.js';

let ifindex = 1;

function namespace(
  name: string,
  interfaces: Readonly<Record<string, Partial<ObservedInterface>>> = {},
  rest: Partial<ObservedNamespace> = {},
): [string, ObservedNamespace] {
  const all = { lo: { type: 'loopback', up: true, mtu: 65536 }, ...interfaces };
  const made = Object.entries(all).map(([ifname, one]) => [ifname, device(ifname, one)] as const);
  const forwarding = { ipv4: false, ipv6: false };
  return [name, { name, inode: 1, forwarding, interfaces: Object.fromEntries(made), routes: [], ...rest }];
}

function device(ifname: string, rest: Partial<ObservedInterface>): ObservedInterface {
  ifindex += 1;
  const operstate = 'up' as const;
  const base = { ifname, ifindex, type: 'veth', up: true, carrier: true, operstate, mtu: 1500, mac: null };
  return { ...base, master: null, portState: null, peer: null, addresses: [], ...rest };
}

function address(text: string): ObservedInterface['addresses'][number] {
  return { address: text, scope: 'global', kernelMade: false, tentative: false, dadFailed: false };
}

function route(rest: Partial<ObservedRoute>): ObservedRoute {
  return { family: 4, to: 'default', via: null, dev: null, metric: 0, protocol: 3, linkDown: false, ...rest };
}

function kernel(...namespaces: [string, ObservedNamespace][]): Observed {
  return { namespaces: Object.fromEntries(namespaces) };
}

function lab(text: string): Topology {
  const { topology, diagnostics } = parseLabFile(`vethlab: 1\nname: test\n${text}`);
  if (topology === null) throw new Error(JSON.stringify(diagnostics));
  return topology;
}

const all = (observed: Observed, topology = emptyTopology('test')) => adoptionOf({ topology, observed, items: 'all' });
const pair = (namespace: string, ifname: string) => ({ peer: { namespace, ifname } });

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

  it('of a name that no node can have stays a ghost, with the reason', () => {
    const observed = kernel(namespace('$(id)'), namespace('__proto__'));
    const { topology, leftOut } = all(observed);
    expect(topology.nodes).toEqual({});
    expect(leftOut.map(({ what }) => what)).toEqual(['the namespace $(id)', 'the namespace __proto__']);
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

describe('places of new nodes', () => {
  it('are near what they are wired to, and nobody lies on anybody', () => {
    const names = Array.from({ length: 12 }, (_, index) => `h${index}`);
    const ports = Object.fromEntries(names.map((name) => [name, { ...pair(name, 'eth0'), master: 'br0' }]));
    const observed = kernel(
      namespace('sw', { br0: { type: 'bridge' }, ...ports }),
      ...names.map((name) => namespace(name, { eth0: pair('sw', name) })),
    );
    const places = Object.values(all(observed).topology.canvas.nodes);
    expect(places.length).toBe(13);
    for (const [index, a] of places.entries()) {
      for (const b of places.slice(index + 1)) {
        expect(Math.abs(a.x - b.x) >= 160 || Math.abs(a.y - b.y) >= 130).toBe(true);
      }
      expect(Math.hypot(a.x - (places[0]?.x ?? 0), a.y - (places[0]?.y ?? 0))).toBeLessThan(700);
    }
    expect(all(observed).topology.canvas).toEqual(all(observed).topology.canvas);
  });

  it('come nearer when they are wired later, if nobody has moved them', () => {
    const before = all(kernel(namespace('a'), namespace('b'), namespace('c'), namespace('d'))).topology;
    const observed = kernel(
      namespace('a', { x: pair('d', 'y') }),
      namespace('b'),
      namespace('c'),
      namespace('d', { y: pair('a', 'x') }),
    );
    const movable = new Set(Object.keys(before.nodes));
    const { canvas } = adoptionOf({ topology: before, observed, items: 'all', movable }).topology;
    const still = adoptionOf({ topology: before, observed, items: 'all' }).topology.canvas;
    expect(still).toEqual(before.canvas);
    const [a, d] = [canvas.nodes.a, canvas.nodes.d];
    expect(Math.abs((a?.x ?? 0) - (d?.x ?? 0))).toBeLessThanOrEqual(220);
  });
});

describe('what was typed with tc', () => {
  const netem = (rest: object) => ({
    qdisc: 'netem',
    shaping: { kind: 'netem' as const, limitPackets: 1000, ...rest },
  });
  const kernelWith = (eth0: Partial<ObservedInterface>) =>
    kernel(
      namespace('h1', { eth0: { ...pair('h2', 'eth0'), ...eth0 } }),
      namespace('h2', { eth0: pair('h1', 'eth0') }),
    );
  const text = (impairment: string) =>
    lab(`nodes:
  h1: { kind: host, interfaces: { eth0: { ${impairment} } } }
  h2: { kind: host, interfaces: { eth0: {} } }
links: [{ endpoints: ["h1:eth0", "h2:eth0"] }]`);

  it.each([
    ['netem', netem({ delayMs: 20, jitterMs: 5, lossPercent: 10 }), { delayMs: 20, jitterMs: 5, lossPercent: 10 }],
    ['netem with a limit', netem({ delayMs: 20, limitPackets: 50 }), { delayMs: 20, limitPackets: 50 }],
    [
      'a token bucket with a queue of its own',
      { qdisc: 'tbf', shaping: { kind: 'tbf' as const, rateBitsPerSecond: 1_000_000, limitBytes: 12_345 } },
      { rateBitsPerSecond: 1_000_000 },
    ],
  ])('%s becomes part of the document, and there is nothing to do', (_, eth0, impairment) => {
    const observed = kernelWith(eth0);
    const { topology, leftOut } = all(observed);
    expect(topology.nodes.h1?.interfaces.eth0?.impairment).toEqual(impairment);
    expect(leftOut).toEqual([]);
    expect(driftOf({ topology, observed })).toEqual([]);
  });

  it('and taken away goes from the document', () => {
    const { topology } = all(kernelWith({}), text('impairment: { delay: 20ms }'));
    expect(topology.nodes.h1?.interfaces.eth0).not.toHaveProperty('impairment');
  });

  it('and cannot be said in a document is told; the rest is adopted', () => {
    const observed = kernelWith(netem({ lossPercent: 10, beyond: ['correlation of loss'] }));
    const { topology, leftOut } = all(observed);
    expect(topology.nodes.h1?.interfaces.eth0?.impairment).toEqual({ lossPercent: 10 });
    expect(leftOut).toMatchObject([
      { namespace: 'h1', ifname: 'eth0', what: 'the correlation of loss of netem on eth0' },
    ]);
    const other = all(kernelWith({ qdisc: 'htb' }));
    expect(other.leftOut).toMatchObject([{ what: 'the qdisc htb of eth0' }]);
  });

  it('is not missed where the kernel cannot do it: the document keeps what it says', () => {
    const topology = text('impairment: { delay: 20ms, rate: 10mbit }');
    const tbf = (rateBitsPerSecond: number) => ({ qdisc: 'tbf', shaping: { kind: 'tbf' as const, rateBitsPerSecond } });
    const missing = new Set(['netem'] as const);
    const same = adoptionOf({ topology, observed: kernelWith(tbf(10_000_000)), items: 'all', missing });
    expect(same.topology).toEqual(topology);
    const other = adoptionOf({ topology, observed: kernelWith(tbf(5_000_000)), items: 'all', missing });
    expect(other.topology.nodes.h1?.interfaces.eth0?.impairment).toEqual({ delayMs: 20, rateBitsPerSecond: 5_000_000 });
  });

  it('can be adopted by itself', () => {
    const observed = kernelWith({ mtu: 1400, ...netem({ delayMs: 20 }) });
    const topology = text('');
    const repair = driftOf({ topology, observed }).map(({ repair: step }) => step.operation);
    const items = choiceOf(
      repair.filter(({ op }) => op === 'set-impairment'),
      [],
    );
    expect(adoptionOf({ topology, observed, items }).topology.nodes.h1?.interfaces.eth0).toEqual({
      addresses: [],
      up: true,
      impairment: { delayMs: 20 },
    });
  });
});

describe('rules', () => {
  const accept = { type: 'filter', priority: 0, policy: 'accept' } as const;
  const masquerade = {
    family: 'ip',
    name: 'nat',
    chains: [
      {
        name: 'POSTROUTING',
        base: { type: 'nat', hook: 'postrouting', priority: 100, policy: 'accept' },
        rules: [{ match: { out: 'e0' }, action: { kind: 'masquerade' } }],
      },
    ],
  } as const;
  const counted = {
    family: 'inet',
    name: 'odd',
    chains: [{ name: 'c', base: { ...accept, hook: 'input' }, rules: [null] }],
  } as const;
  const drawn = lab(`nodes:
  r: { kind: router, interfaces: { e0: {} } }
  h: { kind: host, interfaces: { e0: {} } }
links: [{ endpoints: ["r:e0", "h:e0"] }]
`);
  const seen = (...tables: NonNullable<ObservedNamespace['tables']>) =>
    kernel(
      namespace('r', { e0: pair('h', 'e0') }, { forwarding: { ipv4: true, ipv6: true }, tables }),
      namespace('h', { e0: pair('r', 'e0') }),
    );

  it('typed with iptables become those of the node, stay where they are, and are replaced by ours with the next edit of them', () => {
    const observed = seen(masquerade);
    const { topology, leftOut } = all(observed, drawn);
    expect(leftOut).toEqual([]);
    expect(topology.nodes.r?.nat?.masquerade).toEqual([{ out: 'e0', family: 'ipv4' }]);
    expect(driftOf({ topology, observed })).toEqual([]);
    const keep = { observed, unmanaged: 'keep' } as const;
    expect(planLab({ topology, previous: drawn, ...keep }).steps).toEqual([]);
    const edited = lab(`nodes:
  r: { kind: router, interfaces: { e0: {} }, nat: { masquerade: [{ out: e0 }] } }
  h: { kind: host, interfaces: { e0: {} } }
links: [{ endpoints: ["r:e0", "h:e0"] }]
`);
    const { steps } = planLab({ topology: edited, previous: topology, ...keep });
    expect(steps.map(({ id }) => id)).toEqual(['set-rules:r', 'remove-table:r:ip:nat']);
  });

  it('are a difference until they are adopted, and can be picked alone', () => {
    const observed = seen(masquerade);
    const [item, ...others] = driftOf({ topology: drawn, observed });
    expect(others).toEqual([]);
    expect(item).toMatchObject({ kind: 'unexpected', description: 'table ip nat in r is not in the lab' });
    const items = choiceOf(item === undefined ? [] : [item.repair.operation], []);
    expect(adoptionOf({ topology: drawn, observed, items }).topology.nodes.r?.nat?.masquerade).toHaveLength(1);
  });

  it('that no document can say are told, and left alone', () => {
    const observed = seen(counted);
    const { topology, leftOut } = all(observed, drawn);
    expect(topology).toEqual(drawn);
    expect(leftOut.map(({ what, why }) => [what, why])).toEqual([
      ['the table inet odd', 'Rule 1 of the chain c does more than a lab can say.'],
    ]);
    expect(driftOf({ topology, observed })).toEqual([]);
  });

  it('go from the document when they are gone from the kernel', () => {
    const had = all(seen(masquerade), drawn).topology;
    expect(all(seen(), had).topology.nodes.r).not.toHaveProperty('nat');
  });
});

describe('what was typed on a switch', () => {
  const port = (vlans?: readonly (readonly [number, string?])[]): Partial<ObservedInterface> => ({
    ...pair('h1', 'eth0'),
    master: 'br0',
    ...(vlans === undefined
      ? {}
      : { vlans: vlans.map(([id, flag]) => ({ id, pvid: flag === 'pvid', untagged: flag !== undefined })) }),
  });
  const kernelWith = (br0: Partial<ObservedInterface>, p1: Partial<ObservedInterface>) =>
    kernel(namespace('sw1', { br0: { type: 'bridge', ...br0 }, p1 }), namespace('h1', { eth0: pair('sw1', 'p1') }));

  it('spanning tree becomes part of the document, and goes with it', () => {
    const observed = kernelWith({ stp: true }, port());
    const { topology, leftOut } = all(observed);
    expect(topology.nodes.sw1).toMatchObject({ kind: 'switch', stp: true });
    expect(leftOut).toEqual([]);
    expect(driftOf({ topology, observed })).toEqual([]);
    expect(all(kernelWith({}, port()), topology).topology.nodes.sw1).not.toHaveProperty('stp');
  });

  it.each([
    [[[10, 'pvid']], { access: 10 }],
    [[[10], [20]], { trunk: [10, 20] }],
    [[[1, 'pvid'], [10]], { trunk: [10], native: 1 }],
    [[], { trunk: [] }],
  ] as const)('the VLANs %j of a port are %j', (vlans, vlan) => {
    const observed = kernelWith({ vlanFiltering: true }, port(vlans));
    const { topology, leftOut } = all(observed);
    expect(topology.nodes.sw1?.interfaces.p1?.vlan).toEqual(vlan);
    expect(leftOut).toEqual([]);
    expect(driftOf({ topology, observed })).toEqual([]);
  });

  it('VLANs that are neither access nor trunk are told, and left as they are', () => {
    const observed = kernelWith(
      { vlanFiltering: true },
      port([
        [1, 'pvid'],
        [10, 'untagged'],
      ]),
    );
    const { leftOut } = all(observed);
    expect(leftOut).toMatchObject([
      { what: 'the VLANs 1 pvid untagged, 10 untagged of p1' },
      { what: 'keeping VLANs apart' },
    ]);
  });
});
