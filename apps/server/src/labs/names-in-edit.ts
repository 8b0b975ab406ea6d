import {
  type Change,
  type Device,
  type Edit,
  emptyNat,
  ifnamesInRules,
  type LinkKey,
  linkOf,
  openFirewall,
  parentOf,
  probeSource,
  splitEndpoint,
  type Topology,
  type TopologyDiff,
} from '@vethlab/topology';

/** A node, or one of its interfaces or commands, as an edit names it. */
export interface NameRef {
  readonly node: string;
  readonly ifname?: string;
  readonly command?: string;
}

/**
 * The nodes and interfaces that must be there already for an edit to mean something; not the names that it gives. Of a
 * batch also those that it makes itself. `topology` is only asked which interfaces a link has.
 */
export function* namesInEdit(edit: Edit, topology: Topology): Generator<NameRef> {
  switch (edit.type) {
    case 'set-lab-name':
    case 'add-node':
      return;
    case 'rename-node':
    case 'set-node':
    case 'set-switch':
    case 'add-command':
    case 'rename-vrf':
    case 'remove-vrf':
      yield { node: edit.node };
      return;
    case 'add-interface':
      yield { node: edit.node };
      yield* belowDevice(edit.node, edit.device);
      return;
    case 'set-device':
      yield { node: edit.node, ifname: edit.ifname };
      yield* belowDevice(edit.node, edit.device ?? undefined);
      return;
    case 'set-vrf':
      yield { node: edit.node };
      for (const ifname of edit.interfaces ?? []) yield { node: edit.node, ifname };
      for (const { dev } of edit.routes ?? []) if (dev !== undefined) yield { node: edit.node, ifname: dev };
      return;
    case 'set-command':
    case 'rename-command':
    case 'remove-command':
      yield { node: edit.node, command: edit.name };
      return;
    case 'move-nodes':
      for (const node of Object.keys(edit.positions)) yield { node };
      return;
    case 'remove-nodes':
      for (const node of edit.nodes) yield { node };
      return;
    case 'rename-interface':
    case 'set-interface':
    case 'remove-interface':
    case 'set-addresses':
    case 'set-impairment':
    case 'set-port-vlan':
      yield { node: edit.node, ifname: edit.ifname };
      return;
    case 'set-routes':
      yield { node: edit.node };
      for (const { dev } of edit.routes) if (dev !== undefined) yield { node: edit.node, ifname: dev };
      return;
    case 'set-nat':
    case 'set-firewall': {
      const rules =
        edit.type === 'set-nat' ? { nat: edit.nat ?? emptyNat } : { firewall: edit.firewall ?? openFirewall };
      yield { node: edit.node };
      for (const ifname of ifnamesInRules(rules)) yield { node: edit.node, ifname };
      return;
    }
    case 'connect':
      for (const { node, ifname } of [edit.from, edit.to]) yield ifname === undefined ? { node } : { node, ifname };
      return;
    case 'disconnect':
    case 'set-link':
      yield* endsOf(linkOf(topology, edit.link as LinkKey)?.endpoints ?? []);
      return;
    case 'add-probe':
      yield { node: edit.from };
      return;
    case 'set-probe':
    case 'remove-probe':
      yield { node: probeSource(edit.probe) };
      return;
    case 'batch':
      for (const part of edit.edits) yield* namesInEdit(part, topology);
      return;
    case 'apply-diff':
      yield* namesInDiff(edit.diff);
      return;
  }
}

function* namesInDiff({ renames, changes }: TopologyDiff): Generator<NameRef> {
  for (const rename of renames) {
    yield rename.object === 'node' ? { node: rename.from } : { node: rename.node, ifname: rename.from };
  }
  for (const change of changes) yield* namesInChange(change);
}

function* namesInChange(change: Change): Generator<NameRef> {
  switch (change.record) {
    case 'lab':
      return;
    case 'node':
    case 'position':
      yield { node: change.node };
      return;
    case 'command':
      yield { node: change.node, command: change.name };
      return;
    case 'interface':
      yield { node: change.node, ifname: change.ifname };
      return;
    case 'link':
      yield* endsOf([...(change.before?.endpoints ?? []), ...(change.after?.endpoints ?? [])]);
      return;
    case 'probe':
      yield { node: probeSource(change.key) };
      return;
  }
}

function* endsOf(endpoints: readonly string[]): Generator<NameRef> {
  for (const endpoint of endpoints) {
    const ends = splitEndpoint(endpoint);
    if (ends !== null) yield ends;
  }
}

/** The interfaces that a device stands on or consists of. */
function* belowDevice(node: string, device: Device | undefined): Generator<NameRef> {
  const parent = parentOf(device);
  if (parent !== null) yield { node, ifname: parent };
  if (device?.kind === 'bond') for (const ifname of device.members) yield { node, ifname };
}
