import { describe, expect, it } from 'vitest';
import { applyEdit } from '../edits/apply-edit.js';
import type { Diagnostic } from '../model/diagnostic.js';
import { parseCidr } from '../model/parse-addresses.js';
import { parseIfname, parseNodeName } from '../model/parse-names.js';
import { parseInterval, parseMac } from '../model/parse-values.js';
import type { Topology } from '../model/topology.js';
import { emptyTopology } from '../model/topology-access.js';
import { parseEdit } from '../schemas/parse-edit.js';
import { badAddresses, badIfnames, badIntervals, badMacs, badMtus, badNodeNames } from '../testing/bad-inputs.js';
import { parseLabFile } from './parse-lab-file.js';

const quote = (value: string | number) => JSON.stringify(value);

/** Errors of a file with h1 (host), r1 (router), sw1 (switch) and what is put into it. */
function fileErrors(parts: { iface?: string; host?: string; rest?: string }): readonly Diagnostic[] {
  const text = `vethlab: 1
name: Bad
nodes:
  h1:
    kind: host
    interfaces:
      eth0: ${parts.iface ?? '{ addresses: [10.0.0.1/24] }'}
${parts.host ?? ''}
  r1: { kind: router, interfaces: { eth0: { addresses: [10.0.0.254/24] } } }
  sw1: { kind: switch, interfaces: { p1: {} } }
${parts.rest ?? ''}
`;
  const { topology, diagnostics } = parseLabFile(text);
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  expect(topology === null).toBe(errors.length > 0);
  return errors;
}

function lab(): Topology {
  const { topology } = parseLabFile(`vethlab: 1
name: Bad
nodes:
  h1: { kind: host, interfaces: { eth0: { addresses: [10.0.0.1/24] }, eth1: {} } }
  r1: { kind: router, interfaces: { eth0: { addresses: [10.0.0.254/24] } } }
  sw1: { kind: switch, interfaces: { p1: {} } }
links:
  - endpoints: ["h1:eth0", "r1:eth0"]
`);
  if (topology === null) throw new Error('the lab of the test is not valid');
  return topology;
}

/** Errors of an edit as it arrives over the wire: by its schema, or by the document. */
function editErrors(data: unknown): readonly Diagnostic[] {
  const parsed = parseEdit(JSON.parse(JSON.stringify(data)));
  if (!parsed.ok) return parsed.diagnostics;
  const result = applyEdit(lab(), parsed.value);
  return result.ok ? [] : result.diagnostics;
}

function expectRefusal(errors: readonly Diagnostic[], code: string, isPlaced: boolean): void {
  expect(errors.map((error) => error.code)).toContain(code);
  const error = errors.find((entry) => entry.code === code);
  expect(error?.detail).toMatch(/\w/);
  expect(error?.summary).toMatch(/\.$/);
  if (!isPlaced) return;
  expect(error?.line).toBeGreaterThan(3);
  expect(error?.column).toBeGreaterThan(0);
}

describe('a lab file refuses', () => {
  it.each(badNodeNames)('the node name $value ($row)', ({ value, code }) => {
    expectRefusal(fileErrors({ rest: `  ${quote(value)}: { kind: host }` }), code, true);
  });

  it.each(badIfnames)('the interface name $value ($row)', ({ value, code }) => {
    expectRefusal(fileErrors({ host: `      ${quote(value)}: {}` }), code, true);
  });

  it.each(badAddresses)('the address $value ($row)', ({ value, code }) => {
    expectRefusal(fileErrors({ iface: `{ addresses: [${quote(value)}] }` }), code, true);
  });

  it.each(badMacs)('the MAC $value ($row)', ({ value, code }) => {
    expectRefusal(fileErrors({ iface: `{ mac: ${quote(value)} }` }), code, true);
  });

  it.each(badMtus)('the MTU $value ($row)', ({ value, code }) => {
    expectRefusal(fileErrors({ iface: `{ mtu: ${quote(value)} }` }), code, true);
  });

  it.each(badIntervals)('the interval $value ($row)', ({ value, code }) => {
    const rest = `probes: [{ from: h1, to: 10.0.0.254, interval: ${quote(value)} }]`;
    expectRefusal(fileErrors({ rest }), code, true);
  });

  it.each([
    ['an MTU below 1280 with IPv6', { iface: '{ addresses: [fd00::1/64], mtu: 1279 }' }, 'mtu.ipv6'],
    ['a gateway on no subnet', { host: '    routes: [{ to: default, via: 10.9.0.1 }]' }, 'route.gateway-unreachable'],
    ['a gateway that is the node', { host: '    routes: [{ to: default, via: 10.0.0.1 }]' }, 'route.gateway-own'],
    ['a default route without gateway', { host: '    routes: [{ to: default, dev: eth0 }]' }, 'route.default-gateway'],
    ['a route to nowhere', { host: '    routes: [{ to: 10.1.0.0/16 }]' }, 'route.incomplete'],
    ['a route with host bits', { host: '    routes: [{ to: 10.1.0.1/16, via: 10.0.0.254 }]' }, 'route.host-bits'],
    ['a route of two families', { host: '    routes: [{ to: "fd00::/64", via: 10.0.0.254 }]' }, 'route.family'],
    ['a route over a missing interface', { host: '    routes: [{ to: 10.1.0.0/16, dev: x }]' }, 'route.dev-missing'],
    [
      'a link-local gateway without interface',
      { host: '    routes: [{ to: default, via: "fe80::1" }]' },
      'address.link-local',
    ],
    ['a link to itself', { rest: 'links: [{ endpoints: ["h1:eth0", "h1:eth0"] }]' }, 'link.self'],
    [
      'an interface in two links',
      { rest: 'links: [{ endpoints: ["h1:eth0", "r1:eth0"] }, { endpoints: ["sw1:p1", "h1:eth0"] }]' },
      'link.interface-taken',
    ],
    ['a link to a missing node', { rest: 'links: [{ endpoints: ["h1:eth0", "x:eth0"] }]' }, 'link.node-missing'],
    [
      'a link to a missing interface',
      { rest: 'links: [{ endpoints: ["h1:eth0", "r1:x"] }]' },
      'link.interface-missing',
    ],
    ['an endpoint without colon', { rest: 'links: [{ endpoints: [h1, "r1:eth0"] }]' }, 'link.endpoint-syntax'],
    [
      'an address on a switch',
      { rest: '  sw2: { kind: switch, interfaces: { p: { addresses: [10.0.0.9/24] } } }' },
      'address.on-switch',
    ],
    ['br0 as a port', { rest: '  sw2: { kind: switch, interfaces: { br0: {} } }' }, 'name.reserved'],
    [
      'a route on a switch',
      { rest: '  sw2: { kind: switch, routes: [{ to: 10.0.0.0/8, dev: p }] }' },
      'route.on-switch',
    ],
    ['a probe from a missing node', { rest: 'probes: [{ from: x, to: 10.0.0.1 }]' }, 'probe.node-missing'],
    ['a probe from a switch', { rest: 'probes: [{ from: sw1, to: 10.0.0.1 }]' }, 'probe.from-switch'],
    ['a probe with prefix length', { rest: 'probes: [{ from: h1, to: 10.0.0.1/24 }]' }, 'address.prefix-unwanted'],
    ['an unknown kind', { rest: '  x: { kind: hots }' }, 'shape.value'],
    ['a missing kind', { rest: '  x: {}' }, 'shape.missing-key'],
    ['an unknown key', { iface: '{ adresses: [] }' }, 'shape.unknown-key'],
    ['a wrong type', { iface: '{ mtu: big }' }, 'shape.type'],
    ['1e999', { iface: '{ mtu: 1e999 }' }, 'shape.type'],
    ['a position at infinity', { rest: 'canvas: { nodes: { h1: { x: .inf, y: 0 } } }' }, 'shape.type'],
    ['two nodes of one name', { rest: '  h1: { kind: host }' }, 'file.duplicate-key'],
    ['two interfaces of one name', { host: '      eth0: {}' }, 'file.duplicate-key'],
    ['an anchor', { rest: '  x: &x { kind: host }' }, 'file.alias'],
    ['a tag', { rest: '  x: !!map { kind: host }' }, 'file.alias'],
    ['a tab', { rest: '\tx: { kind: host }' }, 'file.tab'],
  ] as const)('%s', (_title, parts, code) => {
    expectRefusal(fileErrors(parts), code, true);
  });
});

describe('an edit is refused for', () => {
  const node = 'h1';
  const ifname = 'eth0';

  it.each(badNodeNames)('the node name $value ($row)', ({ value, code }) => {
    expectRefusal(editErrors({ type: 'add-node', kind: 'host', name: value }), code, false);
    expectRefusal(editErrors({ type: 'rename-node', node, to: value }), code, false);
  });

  it.each(badIfnames)('the interface name $value ($row)', ({ value, code }) => {
    expectRefusal(editErrors({ type: 'add-interface', node, ifname: value }), code, false);
    expectRefusal(editErrors({ type: 'rename-interface', node, ifname, to: value }), code, false);
    expectRefusal(editErrors({ type: 'connect', from: { node, ifname: value }, to: { node: 'r1' } }), code, false);
  });

  it.each(badAddresses)('the address $value ($row)', ({ value, code }) => {
    expectRefusal(editErrors({ type: 'set-addresses', node, ifname, addresses: [value] }), code, false);
    const from = { node, addresses: [value] };
    expectRefusal(editErrors({ type: 'connect', from, to: { node: 'r1' } }), code, false);
  });

  it.each(badMacs)('the MAC $value ($row)', ({ value, code }) => {
    expectRefusal(editErrors({ type: 'set-interface', node, ifname, mac: value }), code, false);
  });

  it.each(badMtus)('the MTU $value ($row)', ({ value, code }) => {
    expectRefusal(editErrors({ type: 'set-interface', node, ifname, mtu: value }), code, false);
    expectRefusal(editErrors({ type: 'set-link', link: 'h1:eth0--r1:eth0', mtu: value }), code, false);
  });

  const link = 'h1:eth0--r1:eth0';
  const six = { type: 'set-addresses', node, ifname, addresses: ['fd00::1/64'] };
  const port = { node: 'sw1', ifname: 'p1' };
  it.each([
    [
      'an MTU below 1280 with IPv6',
      { type: 'batch', edits: [six, { type: 'set-interface', node, ifname, mtu: 1279 }] },
      'mtu.ipv6',
    ],
    ['the same of its link', { type: 'batch', edits: [six, { type: 'set-link', link, mtu: 1279 }] }, 'mtu.ipv6'],
    [
      'a gateway on no subnet',
      { type: 'set-routes', node, routes: [{ to: 'default', via: '10.9.0.1' }] },
      'route.gateway-unreachable',
    ],
    ['an address on a switch', { type: 'set-addresses', ...port, addresses: ['10.0.0.9/24'] }, 'address.on-switch'],
    ['br0 as a port', { type: 'rename-interface', ...port, to: 'br0' }, 'name.reserved'],
    [
      'a route on a switch',
      { type: 'set-routes', node: 'sw1', routes: [{ to: '10.0.0.0/8', dev: 'p1' }] },
      'route.on-switch',
    ],
    [
      'an address that is there twice',
      { type: 'set-addresses', node, ifname, addresses: ['10.0.0.1/24', '10.0.0.1/16'] },
      'address.repeated',
    ],
    [
      'a link to itself',
      { type: 'connect', from: { node, ifname: 'eth1' }, to: { node, ifname: 'eth1' } },
      'link.self',
    ],
    [
      'an interface in two links',
      { type: 'connect', from: { node, ifname }, to: { node: 'sw1' } },
      'link.interface-taken',
    ],
    ['a link to a missing node', { type: 'connect', from: { node }, to: { node: 'x' } }, 'edit.node-missing'],
    ['a name in use', { type: 'rename-node', node, to: 'r1' }, 'name.taken'],
    ['an interface name in use', { type: 'rename-interface', node, ifname, to: 'eth1' }, 'name.taken'],
    ['a missing interface', { type: 'set-interface', node, ifname: 'x', up: false }, 'edit.interface-missing'],
    ['a missing link', { type: 'disconnect', link: 'a:b--c:d' }, 'edit.link-missing'],
    ['a missing probe', { type: 'remove-probe', probe: 'h1>10.0.0.9' }, 'edit.probe-missing'],
    ['a probe from a switch', { type: 'add-probe', from: 'sw1', to: '10.0.0.1' }, 'probe.from-switch'],
    ['an interval', { type: 'add-probe', from: node, to: '10.0.0.254', intervalMs: 1 }, 'probe.interval'],
    ['an unknown kind', { type: 'add-node', kind: 'hots' }, 'shape.value'],
    ['an unknown type', { type: 'remove-node', nodes: [] }, 'shape.value'],
    ['an unknown key', { type: 'add-node', kind: 'host', nmae: 'x' }, 'shape.unknown-key'],
    ['a position at infinity', { type: 'add-node', kind: 'host', position: { x: 1e7, y: 0 } }, 'canvas.position'],
    ['no edit', null, 'shape.type'],
  ] as const)('%s', (_title, data, code) => {
    expectRefusal(editErrors(data), code, false);
  });
});

describe('what a refusal offers', () => {
  const parsers = [
    ['node names', badNodeNames, parseNodeName],
    ['interface names', badIfnames, parseIfname],
    ['addresses', badAddresses, parseCidr],
    ['MACs', badMacs, parseMac],
    ['intervals', badIntervals, parseInterval],
  ] as const;

  it.each(parsers)('would work, for all bad %s', (_title, inputs, parse) => {
    for (const { value } of inputs) {
      const refusal = parse(String(value));
      if (refusal.ok) throw new Error(`${value} was accepted`);
      const offer = refusal.problem.fix?.value;
      expect(offer, String(value)).toBeDefined();
      expect(parse(offer ?? '').ok, `${value} → ${offer}`).toBe(true);
    }
  });
});

describe('nothing foreign', () => {
  it('changes a prototype, through file or edit', () => {
    const hostile = '{"type":"move-nodes","positions":{"__proto__":{"x":1,"y":1},"h1":{"x":1,"y":1}}}';
    expect(parseEdit(JSON.parse(hostile)).ok).toBe(false);
    fileErrors({ rest: '  __proto__: { kind: host }\ncanvas: { nodes: { __proto__: { x: 1, y: 1 } } }' });
    parseLabFile('__proto__: { polluted: true }\nvethlab: 1\nname: x\n');
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(Object.getPrototypeOf(emptyTopology('x').nodes)).toBe(Object.prototype);
  });

  it('is found under the name of a property that every object has', () => {
    for (const name of ['constructor', 'toString', '__proto__', 'hasOwnProperty']) {
      expect(editErrors({ type: 'remove-nodes', nodes: [name] }).length).toBeGreaterThan(0);
    }
  });
});
