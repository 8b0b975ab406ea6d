import { applyEdit, type DeviceKind, deviceKinds, type Edit, emptyTopology, type Topology } from '@vethlab/topology';
import { describe, expect, it } from 'vitest';
import { type DeviceDraft, deviceDraftOf, emptyDevice, parseDevice } from './device-draft';

const edits = [
  { type: 'add-node', kind: 'router', name: 'r1' },
  { type: 'add-node', kind: 'router', name: 'r2' },
  { type: 'connect', from: { node: 'r1', addresses: ['10.0.0.1/24'] }, to: { node: 'r2', addresses: ['10.0.0.2/24'] } },
  { type: 'connect', from: { node: 'r1' }, to: { node: 'r2' } },
  { type: 'connect', from: { node: 'r1' }, to: { node: 'r2' } },
] as readonly unknown[] as readonly Edit[];

const lab = edits.reduce(edited, emptyTopology('Test'));

function edited(before: Topology, edit: Edit): Topology {
  const result = applyEdit(before, edit);
  if (!result.ok) throw new Error(result.diagnostics[0]?.detail);
  return result.topology;
}

const record = (topology: Topology) => {
  const node = topology.nodes.r1;
  if (node === undefined) throw new Error('no r1');
  return node;
};

const filled: Readonly<Record<DeviceKind, Partial<DeviceDraft>>> = {
  vlan: { id: '10' },
  vxlan: { id: '42', remote: '10.0.0.2' },
  macvlan: {},
  dummy: {},
  gre: { remote: '10.0.0.2', key: '7', ttl: '64' },
  bond: { members: ['eth1', 'eth2'] },
};

const parse = (kind: DeviceKind, changed: Partial<DeviceDraft>, topology = lab) =>
  parseDevice({ ...emptyDevice(kind, record(topology)), ...changed }, topology, 'r1' as never, null);

describe('the form of an interface', () => {
  it.each(deviceKinds)('of kind %s needs little, and gives the same draft back when it is opened again', (kind) => {
    const { edit, complaints, other } = parse(kind, filled[kind]);
    expect({ complaints, other }).toEqual({ complaints: {}, other: null });
    if (edit?.type !== 'add-interface' || edit.device === undefined) throw new Error('no edit');
    const { id, remote, key, ttl, members } = { ...emptyDevice(kind, record(lab)), ...filled[kind] };
    expect(deviceDraftOf(edit.device)).toMatchObject({ kind, id, remote, key, ttl, members });
    expect(applyEdit(lab, edit).ok).toBe(true);
  });

  it.each([
    ['vlan', { id: '' }, 'id'],
    ['vlan', { id: 'ten' }, 'id'],
    ['vlan', { id: '4095' }, 'id'],
    ['vlan', { id: '10', parent: 'eth9' }, 'parent'],
    ['vxlan', { id: '16777216' }, 'id'],
    ['vxlan', { id: '42', remote: '10.0.0' }, 'remote'],
    ['vxlan', { id: '42', remote: '10.0.0.1' }, 'remote'],
    ['vxlan', { id: '42', port: '70000' }, 'port'],
    ['gre', { remote: '2001:db8::1' }, 'remote'],
    ['gre', { remote: '10.0.0.2', ttl: '256' }, 'ttl'],
    ['bond', { members: ['eth0'] }, 'members'],
    ['dummy', { name: 'a/b' }, 'name'],
    ['dummy', { name: 'eth0' }, 'name'],
  ] as const)('of kind %s says what is wrong with %j at the field %s', (kind, changed, field) => {
    const { edit, complaints, other } = parse(kind, changed);
    expect(edit).toBeNull();
    expect(other).toBeNull();
    expect(Object.keys(complaints)).toEqual([field]);
    expect(complaints[field]?.text).toMatch(/\w.*\.$/);
  });

  it('offers a value that works', () => {
    for (const [kind, changed, field] of [
      ['vlan', { id: '4095' }, 'id'],
      ['vlan', { id: '10', parent: 'eth9' }, 'parent'],
      ['dummy', { name: 'eth0' }, 'name'],
    ] as const) {
      const fix = parse(kind, changed).complaints[field]?.fix;
      expect(fix).toBeDefined();
      expect(parse(kind, { ...changed, [field]: fix }).edit, `${kind} ${fix}`).not.toBeNull();
    }
  });

  it('tells a VLAN that its parent has already', () => {
    const { edit } = parse('vlan', { id: '10' });
    const topology = edited(lab, edit as Edit);
    expect(parse('vlan', { id: '10', name: 'other' }, topology).other).toMatch(/has the VLAN 10/);
  });
});
