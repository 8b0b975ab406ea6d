import { describe, expect, it } from 'vitest';
import { parseLabFile } from '../lab-file/parse-lab-file.js';
import type { Topology } from '../model/topology.js';
import { validate } from '../validation/validate.js';
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
