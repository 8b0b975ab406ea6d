import fc from 'fast-check';
import ipaddr from 'ipaddr.js';
import { describe, expect, it, vi } from 'vitest';
import { applyEdit } from '../edits/apply-edit.js';
import { parseLabFile } from '../lab-file/parse-lab-file.js';
import type { Cidr, NodeName } from '../model/names.js';
import { parseCidr } from '../model/parse-addresses.js';
import type { Topology } from '../model/topology.js';
import { interfaceOf, linkAt, nodeOf } from '../model/topology-access.js';
import { document } from '../testing/random-edits.js';
import { validate } from '../validation/validate.js';
import { addressLab } from './address-lab.js';
import { nextFreeAddress, proposeLinkAddresses } from './free-addresses.js';
import { formatIp, readIpv4, readIpv6 } from './ip-number.js';
import { segmentOf } from './segments.js';
import { nextFreeSubnet, subnetOf, usableRange } from './subnets.js';

// Random documents take seconds on a busy machine. Not a test of speed.
vi.setConfig({ testTimeout: 120_000 });

function lab(text: string): Topology {
  const { topology, diagnostics } = parseLabFile(`vethlab: 1\nname: x\n${text}`);
  if (topology === null) throw new Error(JSON.stringify(diagnostics));
  return topology;
}

function addressed(topology: Topology, families: readonly (4 | 6)[]): Topology {
  const result = applyEdit(topology, addressLab(topology, families));
  if (!result.ok) throw new Error(JSON.stringify(result.diagnostics));
  return result.topology;
}

const line = lab(`nodes:
  h1: { kind: host, interfaces: { e: {} } }
  r1: { kind: router, interfaces: { a: {}, b: {} } }
  r2: { kind: router, interfaces: { a: {}, b: {} } }
  r3: { kind: router, interfaces: { a: {}, b: {} } }
  sw1: { kind: switch, interfaces: { p1: {}, p2: {}, p3: {} } }
  h2: { kind: host, interfaces: { e: {} } }
  h3: { kind: host, interfaces: { e: {}, spare: {} } }
links:
  - endpoints: ["h1:e", "r1:a"]
  - endpoints: ["r1:b", "r2:a"]
  - endpoints: ["r2:b", "r3:a"]
  - endpoints: ["r3:b", "sw1:p1"]
  - endpoints: ["sw1:p2", "h2:e"]
  - endpoints: ["sw1:p3", "h3:e"]
`);

describe('numbers of addresses', () => {
  it('agree with an independent library, both ways', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (text) => {
        const family = text.includes(':') ? 6 : 4;
        const value = family === 4 ? readIpv4(text) : readIpv6(text);
        if (value === null) throw new Error(text);
        const canonical = family === 4 ? text : ipaddr.IPv6.parse(formatIp(6, value)).toRFC5952String();
        expect(formatIp(family, value)).toBe(canonical);
        expect(family === 4 ? readIpv4(canonical) : readIpv6(canonical)).toBe(value);
      }),
    );
  });

  it.each([
    ['FD00:0:0::0001/64', 'fd00::1/64'],
    ['2001:db8:0:0:1:0:0:1/64', '2001:db8::1:0:0:1/64'],
    ['64:ff9b::192.0.2.1/96', '64:ff9b::c000:201/96'],
    ['10.0.0.0/31', '10.0.0.0/31'],
    ['10.0.0.255/32', '10.0.0.255/32'],
    ['fd00::/127', 'fd00::/127'],
    ['fd00::/128', 'fd00::/128'],
    ['fe80::1/64', 'fe80::1/64'],
  ])('parseCidr makes %s canonical: %s', (text, canonical) => {
    expect(parseCidr(text)).toEqual({ ok: true, value: canonical });
  });
});

describe('subnets', () => {
  it.each([
    ['192.168.1.7/24', '192.168.1.0/24', '192.168.1.1', '192.168.1.254'],
    ['10.0.0.1/31', '10.0.0.0/31', '10.0.0.0', '10.0.0.1'],
    ['10.0.0.1/32', '10.0.0.1/32', '10.0.0.1', '10.0.0.1'],
    ['fd00::5/126', 'fd00::4/126', 'fd00::5', 'fd00::7'],
  ])('of %s: %s, usable from %s to %s', (cidr, subnet, first, last) => {
    expect(subnetOf(cidr as Cidr)).toBe(subnet);
    expect(usableRange(cidr as Cidr)).toEqual({ first, last });
  });

  it('that are next free overlap nothing that is used, neither by an address nor by a route', () => {
    const used = lab(`nodes:
  a: { kind: router, interfaces: { e: { addresses: [10.0.0.1/23] }, f: { addresses: ["fd00::1/64"] } },
       routes: [{ to: 10.0.2.0/24, via: 10.0.0.9 }] }
`);
    expect(nextFreeSubnet(used, 4)).toBe('10.0.3.0/24');
    expect(nextFreeSubnet(used, 6)).toBe('fd00:1::/64');
  });
});

describe('a segment', () => {
  it('reaches through links and switches, and ends at hosts and routers', () => {
    expect(segmentOf(line, 'h2', 'e')).toEqual(['r3:b', 'sw1:p1', 'sw1:p2', 'sw1:p3', 'h2:e', 'h3:e']);
    expect(segmentOf(line, 'h3', 'spare')).toEqual(['h3:spare']);
    expect(segmentOf(line, 'nobody', 'e')).toEqual([]);
  });
});

describe('the next free address', () => {
  it('is the lowest for a host and .254 for a router, on the subnet of the segment', () => {
    const result = applyEdit(line, {
      type: 'set-addresses',
      node: 'h2' as NodeName,
      ifname: 'e' as never,
      addresses: ['172.16.0.1/24' as Cidr],
    });
    if (!result.ok) throw new Error('refused');
    expect(nextFreeAddress(result.topology, 'h3' as NodeName, 'e')).toBe('172.16.0.2/24');
    expect(nextFreeAddress(result.topology, 'r3' as NodeName, 'b')).toBe('172.16.0.254/24');
    expect(nextFreeAddress(result.topology, 'sw1' as NodeName, 'p1')).toBeNull();
    expect(nextFreeAddress(line, 'h1' as NodeName, 'e')).toBeNull();
  });

  it('for both ends of a link comes from the next free subnet, and leaves what is there', () => {
    const link = linkAt(line, 'h1', 'e');
    if (link === null) throw new Error('no link');
    expect(proposeLinkAddresses(line, link)).toEqual({ from: '10.0.0.1/24', to: '10.0.0.254/24' });
    expect(proposeLinkAddresses(addressed(line, [4]), link)).toEqual({ from: null, to: null });
    expect(proposeLinkAddresses(line, { endpoints: ['h1:new', 'sw1:new'] })).toEqual({ from: '10.0.0.1/24', to: null });
  });
});

describe('addressing a lab', () => {
  it('gives addresses, default routes and static routes, in both families', () => {
    const done = addressed(line, [4, 6]);
    expect(interfaceOf(done, 'h1', 'e')?.addresses).toEqual(['10.0.0.1/24', 'fd00::1/64']);
    expect(interfaceOf(done, 'h3', 'spare')?.addresses).toEqual([]);
    expect(nodeOf(done, 'h1')?.routes).toEqual([
      { to: 'default', via: '10.0.0.254' },
      { to: 'default', via: 'fd00::fe' },
    ]);
    expect(nodeOf(done, 'r1')?.routes.filter(({ to }) => !to.includes(':'))).toEqual([
      { to: '10.0.2.0/24', via: '10.0.1.253' },
      { to: '10.0.3.0/24', via: '10.0.1.253' },
    ]);
    expect(validate(done).filter(({ severity }) => severity === 'warning')).toEqual([]);
  });

  it('leaves a finished lab alone', () => {
    const done = addressed(line, [4, 6]);
    expect(addressLab(done, [4, 6])).toEqual({ type: 'batch', edits: [] });
  });

  it('gives a gateway of somebody to a router, and to no node that has it as its own', () => {
    const routed = lab(`nodes:
  h1: { kind: host, interfaces: { e: { addresses: [10.0.0.9/24] }, m: { device: { kind: macvlan, parent: e } } },
        routes: [{ to: default, via: 10.0.0.1 }] }
  h2: { kind: host, interfaces: { e: {} } }
  sw1: { kind: switch, interfaces: { p1: {}, p2: {}, p3: {} } }
  r1: { kind: router, interfaces: { e: {} } }
links:
  - endpoints: ["sw1:p1", "h1:e"]
  - endpoints: ["sw1:p2", "h2:e"]
  - endpoints: ["sw1:p3", "r1:e"]
`);
    const done = addressed(routed, [4]);
    expect(interfaceOf(done, 'h1', 'm')?.addresses).toEqual(['10.0.0.2/24']);
    expect(interfaceOf(done, 'h2', 'e')?.addresses).toEqual(['10.0.0.3/24']);
    expect(nextFreeAddress(routed, 'h1' as NodeName, 'm')).toBe('10.0.0.2/24');
    expect(proposeLinkAddresses(routed, { endpoints: ['h1:new', 'h2:e'] })).toEqual({
      from: '10.0.0.2/24',
      to: '10.0.0.3/24',
    });
  });

  it('is allowed in any document, and is finished after once', () => {
    fc.assert(
      fc.property(document(), (topology) => {
        const done = addressed(topology, [4, 6]);
        expect(addressLab(done, [4, 6])).toEqual({ type: 'batch', edits: [] });
      }),
      { numRuns: 100 },
    );
  });

  it('makes a subnet large enough for its segment', () => {
    const hosts = Array.from({ length: 300 }, (_, index) => index);
    const crowd = lab(`nodes:
  sw1: { kind: switch, interfaces: { ${hosts.map((n) => `p${n}: {}`).join(', ')} } }
${hosts.map((n) => `  h${n}: { kind: host, interfaces: { e: {} } }`).join('\n')}
links:
${hosts.map((n) => `  - endpoints: ["sw1:p${n}", "h${n}:e"]`).join('\n')}
`);
    const done = addressed(crowd, [4]);
    expect(interfaceOf(done, 'h299', 'e')?.addresses).toEqual(['10.0.1.44/23']);
  });
});
