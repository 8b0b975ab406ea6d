import { describe, expect, it } from 'vitest';
import { parseLabFile } from '../lab-file/parse-lab-file.js';
import { serializeLabFile } from '../lab-file/serialize-lab-file.js';
import type { Topology } from '../model/topology.js';
import { parseEdit } from '../schemas/parse-edit.js';
import { applyEdit } from './apply-edit.js';

const text = `vethlab: 1
name: Devices
nodes:
  r1:
    kind: router
    interfaces:
      eth0: { addresses: [10.0.0.254/24] }
      eth1: { addresses: [10.0.1.254/24] }
      eth0.10: { device: { kind: vlan, parent: eth0, id: 10 }, addresses: [10.10.0.1/24] } # the customer's
      vx0: { device: { kind: vxlan, id: 42, local: 10.0.0.254, remote: 10.0.0.1, parent: eth0 } }
      dum0: { device: { kind: dummy } }
      bond0: { device: { kind: bond, mode: active-backup, members: [dum0] } }
    routes:
      - { to: default, via: 10.0.1.1 }
    vrfs:
      red: { table: 100, interfaces: [eth0.10], routes: [{ to: default, via: 10.10.0.9 }] }
  h1: { kind: host, interfaces: { eth0: {} } }
links:
  - endpoints: ["r1:eth0", "h1:eth0"]
probes:
  - { from: r1, vrf: red, to: 10.10.0.9, expect: none }
`;

function lab(source = text): Topology {
  const { topology, diagnostics } = parseLabFile(source);
  if (topology === null) throw new Error(JSON.stringify(diagnostics));
  return topology;
}

function edited(data: unknown, topology = lab()) {
  const parsed = parseEdit(data);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.diagnostics));
  const result = applyEdit(topology, parsed.value);
  if (!result.ok) throw new Error(JSON.stringify(result.diagnostics));
  return result;
}

describe('interfaces that are not the end of a link', () => {
  it('get a name that says what they are', () => {
    const add = (device: object) => edited({ type: 'add-interface', node: 'r1', device }).created.interfaces[0]?.ifname;
    expect(add({ kind: 'vlan', parent: 'eth1', id: 20 })).toBe('eth1.20');
    expect(add({ kind: 'vlan', parent: 'bond0', id: 20 })).toBe('bond0.20');
    expect(add({ kind: 'vxlan', id: 43 })).toBe('vx1');
    expect(add({ kind: 'macvlan', parent: 'eth0' })).toBe('mac0');
    expect(add({ kind: 'dummy' })).toBe('dum1');
    expect(add({ kind: 'gre', local: '10.0.0.254', remote: '10.0.0.1' })).toBe('gre1');
    expect(add({ kind: 'bond', members: [] })).toBe('bond1');
  });

  it('keep what they stand on and consist of when that gets another name', () => {
    const { topology, diff } = edited({
      type: 'batch',
      edits: [
        { type: 'rename-interface', node: 'r1', ifname: 'eth0', to: 'lan0' },
        { type: 'rename-interface', node: 'r1', ifname: 'dum0', to: 'spare' },
        { type: 'rename-interface', node: 'r1', ifname: 'eth0.10', to: 'lan0.10' },
      ],
    });
    const { interfaces, vrfs } = topology.nodes.r1 ?? {};
    expect(interfaces?.['lan0.10']?.device).toEqual({ kind: 'vlan', parent: 'lan0', id: 10 });
    expect(interfaces?.vx0?.device).toMatchObject({ parent: 'lan0' });
    expect(interfaces?.bond0?.device).toMatchObject({ members: ['spare'] });
    expect(vrfs?.red?.interfaces).toEqual(['lan0.10']);
    expect(diff.changes).toEqual([]);
  });

  it('go with the interface that they stand on, with what needs them', () => {
    const { topology, removed, summary } = edited({ type: 'remove-interface', node: 'r1', ifname: 'eth0' });
    const { interfaces, vrfs } = topology.nodes.r1 ?? {};
    expect(Object.keys(interfaces ?? {})).toEqual(['eth1', 'vx0', 'dum0', 'bond0']);
    expect(interfaces?.vx0?.device).toEqual({
      kind: 'vxlan',
      id: 42,
      local: '10.0.0.254',
      remote: '10.0.0.1',
      port: 4789,
    });
    expect(vrfs?.red).toEqual({ table: 100, interfaces: [], routes: [] });
    expect(removed.routes).toEqual([{ node: 'r1', vrf: 'red', route: { to: 'default', via: '10.10.0.9' } }]);
    expect(summary).toBe('Removed r1:eth0, 1 interface, 1 link, 1 route.');
  });

  it('change in the file in place, with the comment beside them', () => {
    const device = { kind: 'vlan', parent: 'eth0', id: 11 };
    const { topology } = edited({ type: 'set-device', node: 'r1', ifname: 'eth0.10', device });
    expect(serializeLabFile(topology, text)).toBe(text.replace('id: 10', 'id: 11'));
    expect(serializeLabFile(lab(), text)).toBe(text);
    expect(parseLabFile(serializeLabFile(lab())).topology).toEqual(lab());
  });
});

describe('VRFs', () => {
  it('get the next free table, and take routes along that lead elsewhere now', () => {
    const { topology, removed, summary } = edited({ type: 'set-vrf', node: 'r1', name: 'blue', interfaces: ['eth1'] });
    expect(topology.nodes.r1?.vrfs?.blue).toEqual({ table: 101, interfaces: ['eth1'], routes: [] });
    expect(topology.nodes.r1?.routes).toEqual([]);
    expect(removed.routes).toEqual([{ node: 'r1', route: { to: 'default', via: '10.0.1.1' } }]);
    expect(summary).toBe('Added the VRF blue of r1; removed 1 route through a gateway that is elsewhere now.');
  });

  it('keep their probes when they get another name, and take them along when they go', () => {
    const renamed = edited({ type: 'rename-vrf', node: 'r1', name: 'red', to: 'green' });
    expect(renamed.topology.probes).toEqual([
      { from: 'r1', vrf: 'green', to: '10.10.0.9', intervalMs: 1000, expect: 'none' },
    ]);
    expect(Object.keys(renamed.topology.nodes.r1?.vrfs ?? {})).toEqual(['green']);
    const removed = edited({ type: 'remove-vrf', node: 'r1', name: 'red' });
    expect(removed.topology.nodes.r1?.vrfs).toBeUndefined();
    expect(removed.topology.probes).toEqual([]);
    expect(removed.summary).toBe('Removed the VRF red of r1, 1 route, 1 probe.');
  });

  it('probes in them are told apart from others to the same address', () => {
    const { topology } = edited({ type: 'add-probe', from: 'r1', to: '10.10.0.9' });
    expect(topology.probes).toHaveLength(2);
    const changed = edited({ type: 'set-probe', probe: 'r1%red>10.10.0.9', expect: null }, topology).topology.probes[0];
    expect(changed).toEqual({ from: 'r1', vrf: 'red', to: '10.10.0.9', intervalMs: 1000 });
  });
});
