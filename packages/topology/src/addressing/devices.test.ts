import { describe, expect, it } from 'vitest';
import { applyEdit } from '../edits/apply-edit.js';
import { parseLabFile } from '../lab-file/parse-lab-file.js';
import type { Topology } from '../model/topology.js';
import { interfaceOf, nodeOf } from '../model/topology-access.js';
import { validate } from '../validation/validate.js';
import { addressLab } from './address-lab.js';
import { segmentOf } from './segments.js';
import { tunnelsOf } from './tunnels.js';

function lab(nodes: string, links = ''): Topology {
  const { topology, diagnostics } = parseLabFile(`vethlab: 1\nname: Devices\nnodes:\n${nodes}\nlinks: [${links}]\n`);
  if (topology === null) throw new Error(JSON.stringify(diagnostics));
  return topology;
}

const link = (a: string, b: string) => `{ endpoints: ["${a}", "${b}"] }`;

/** Two customers behind one router, with the same addresses. */
const customers = (vrfs: string) =>
  lab(
    `  a1: { kind: host, interfaces: { eth0: { addresses: [10.0.0.1/24] } } }
  b1: { kind: host, interfaces: { eth0: { addresses: [10.0.0.1/24] } } }
  r1:
    kind: router
    interfaces: { eth0: { addresses: [10.0.0.254/24] }, eth1: { addresses: [10.0.0.254/24] } }
    vrfs: ${vrfs}`,
    `${link('a1:eth0', 'r1:eth0')}, ${link('b1:eth0', 'r1:eth1')}`,
  );

const codesOf = (topology: Topology) => validate(topology).map(({ code }) => code);

/** A router on a stick: two switches, a trunk between them, and a host of each VLAN at the far one. */
const onAStick = (hosts: { readonly office: string; readonly guest: string }) =>
  lab(
    `  r1:
    kind: router
    interfaces:
      eth0: {}
      eth0.10: { device: { kind: vlan, parent: eth0, id: 10 }, addresses: [10.0.10.254/24] }
      eth0.20: { device: { kind: vlan, parent: eth0, id: 20 }, addresses: [10.0.20.254/24] }
  sw1: { kind: switch, interfaces: { up: { vlan: { trunk: [10, 20] } }, down: { vlan: { trunk: [10], native: 20 } } } }
  sw2: { kind: switch, interfaces: { up: { vlan: { trunk: [10], native: 20 } }, p1: { vlan: { access: 10 } }, p2: { vlan: { access: 20 } }, p3: {} } }
  office: { kind: host, interfaces: { eth0: ${hosts.office} } }
  guest: { kind: host, interfaces: { eth0: ${hosts.guest} } }
  other: { kind: host, interfaces: { eth0: {} } }`,
    [
      link('r1:eth0', 'sw1:up'),
      link('sw1:down', 'sw2:up'),
      link('office:eth0', 'sw2:p1'),
      link('guest:eth0', 'sw2:p2'),
      link('other:eth0', 'sw2:p3'),
    ].join(', '),
  );

describe('overlapping addresses', () => {
  it('are no matter for a warning where VRFs keep them apart', () => {
    expect(
      codesOf(customers('{ red: { table: 100, interfaces: [eth0] }, blue: { table: 101, interfaces: [eth1] } }')),
    ).toEqual([]);
  });

  it('are warned of within one VRF, and between a VRF and the main table not', () => {
    const together = codesOf(customers('{ red: { table: 100, interfaces: [eth0, eth1] } }'));
    expect(together).toContain('address.duplicate');
    expect(together).toContain('subnet.overlap');
    expect(codesOf(customers('{ red: { table: 100, interfaces: [eth0] } }'))).toEqual([]);
    expect(codesOf(customers('{}'))).toContain('address.duplicate');
  });

  it('are no matter for a warning in one VLAN, by ports of switches or by interfaces, nor in two that nobody routes between', () => {
    const addressed = (office: string, guest: string) =>
      codesOf(onAStick({ office: `{ addresses: [${office}] }`, guest: `{ addresses: [${guest}] }` }));
    expect(addressed('10.0.10.1/24', '10.0.20.1/24')).toEqual([]);
    expect(addressed('10.0.10.1/24', '10.0.10.2/24')).toContain('subnet.overlap');
    const apart = (vlan: number) =>
      codesOf(
        lab(
          `  a: { kind: host, interfaces: { eth0: { addresses: [10.0.0.1/24] } } }
  b: { kind: host, interfaces: { eth0: { addresses: [10.0.0.1/24] } } }
  sw1: { kind: switch, interfaces: { p1: { vlan: { access: 10 } }, p2: { vlan: { access: ${vlan} } } } }`,
          `${link('a:eth0', 'sw1:p1')}, ${link('b:eth0', 'sw1:p2')}`,
        ),
      );
    expect(apart(20)).toEqual([]);
    expect(apart(10)).toContain('address.duplicate');
  });
});

describe('segments', () => {
  it('reach through VLANs of one id, macvlans and bonds, and not between two VLANs', () => {
    const topology = lab(
      `  h1:
    kind: host
    interfaces:
      eth0: {}
      eth0.10: { device: { kind: vlan, parent: eth0, id: 10 } }
      mac0: { device: { kind: macvlan, parent: eth0.10 } }
      eth0.20: { device: { kind: vlan, parent: eth0, id: 20 } }
      q: { device: { kind: vlan, parent: eth0.10, id: 7 } }
  h2:
    kind: host
    interfaces:
      eth0: {}
      bond0: { device: { kind: bond, members: [eth0] } }
      v: { device: { kind: vlan, parent: bond0, id: 10 } }
      q: { device: { kind: vlan, parent: v, id: 7 } }`,
      link('h1:eth0', 'h2:eth0'),
    );
    expect(segmentOf(topology, 'h1', 'eth0')).toEqual(['h1:eth0', 'h2:eth0', 'h2:bond0']);
    expect(segmentOf(topology, 'h2', 'v')).toEqual(['h1:eth0.10', 'h1:mac0', 'h2:v']);
    expect(segmentOf(topology, 'h1', 'eth0.20')).toEqual(['h1:eth0.20']);
    expect(segmentOf(topology, 'h1', 'q')).toEqual(['h1:q', 'h2:q']);
  });

  it('are the VLANs of switches, with a tag or without', () => {
    const topology = onAStick({ office: '{}', guest: '{}' });
    expect(segmentOf(topology, 'office', 'eth0')).toEqual(['r1:eth0.10', 'sw2:p1', 'office:eth0']);
    expect(segmentOf(topology, 'r1', 'eth0.20')).toEqual(['r1:eth0.20', 'sw1:down', 'sw2:up', 'sw2:p2', 'guest:eth0']);
    expect(segmentOf(topology, 'other', 'eth0')).toEqual(['sw2:p3', 'other:eth0']);
    expect(segmentOf(topology, 'r1', 'eth0')).toEqual(['r1:eth0', 'sw1:up']);
  });

  it('are not parted by ports of a switch that say what all have by themselves', () => {
    const topology = lab(
      `  h1: { kind: host, interfaces: { eth0: {}, v: { device: { kind: vlan, parent: eth0, id: 7 } } } }
  h2: { kind: host, interfaces: { eth0: {}, v: { device: { kind: vlan, parent: eth0, id: 7 } } } }
  sw1: { kind: switch, interfaces: { p1: { vlan: { access: 1 } }, p2: { vlan: { trunk: [], native: 1 } } } }`,
      `${link('h1:eth0', 'sw1:p1')}, ${link('h2:eth0', 'sw1:p2')}`,
    );
    expect(segmentOf(topology, 'h1', 'eth0')).toEqual(['h1:eth0', 'h2:eth0', 'sw1:p1', 'sw1:p2']);
    expect(segmentOf(topology, 'h1', 'v')).toEqual(['h1:v', 'h2:v']);
  });

  it('get a subnet for each VLAN, with the router as the way to the others', () => {
    const bare = onAStick({ office: '{}', guest: '{}' });
    const result = applyEdit(bare, addressLab(bare, [4]));
    if (!result.ok) throw new Error('refused');
    const { topology } = result;
    expect(interfaceOf(topology, 'office', 'eth0')?.addresses).toEqual(['10.0.10.1/24']);
    expect(interfaceOf(topology, 'guest', 'eth0')?.addresses).toEqual(['10.0.20.1/24']);
    expect(nodeOf(topology, 'office')?.routes).toEqual([{ to: 'default', via: '10.0.10.254' }]);
    expect(nodeOf(topology, 'guest')?.routes).toEqual([{ to: 'default', via: '10.0.20.254' }]);
  });

  it('reach through tunnels whose ends name each other, and only through those', () => {
    const topology = lab(
      `  h1:
    kind: host
    interfaces:
      dum0: { device: { kind: dummy }, addresses: [10.0.0.1/32] }
      vx0: { device: { kind: vxlan, id: 42, local: 10.0.0.1, remote: 10.0.1.1 } }
      gre1: { device: { kind: gre, local: 10.0.0.1, remote: 10.0.1.1, key: 7 } }
      gre2: { device: { kind: gre, local: 10.0.0.1, remote: 10.0.1.1, key: 8 } }
  h2:
    kind: host
    interfaces:
      dum0: { device: { kind: dummy }, addresses: [10.0.1.1/32] }
      vx0: { device: { kind: vxlan, id: 42, local: 10.0.1.1, remote: 10.0.0.1 } }
      vx1: { device: { kind: vxlan, id: 43, local: 10.0.1.1, remote: 10.0.0.1 } }
      gre1: { device: { kind: gre, local: 10.0.1.1, remote: 10.0.0.1, key: 7 } }`,
    );
    expect(tunnelsOf(topology)).toEqual([
      { kind: 'vxlan', ends: ['h1:vx0', 'h2:vx0'], label: 'VXLAN 42' },
      { kind: 'gre', ends: ['h1:gre1', 'h2:gre1'], label: 'GRE, key 7' },
    ]);
    expect(segmentOf(topology, 'h1', 'vx0')).toEqual(['h1:vx0', 'h2:vx0']);
    expect(segmentOf(topology, 'h2', 'vx1')).toEqual(['h2:vx1']);
  });
});
