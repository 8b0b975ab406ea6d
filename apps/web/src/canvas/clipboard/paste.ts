import { commandEntries, type Edit, type NodeName, type Position, type Topology, vrfEntries } from '@vethlab/topology';
import { nodeRoom } from '../placement/free-spot';
import { gridUnit, snap } from '../placement/grid';
import { asNodeName, endpointParts } from '../state/names';
import type { Copied } from './copy';
import { copyName } from './copy-name';

export interface Paste {
  readonly edit: Edit;
  /** The new nodes, in the order of the copied ones. */
  readonly names: readonly NodeName[];
}

/**
 * One edit that makes the copied nodes again under new names, with their interfaces, VRFs, commands, links, labels and switches for up and MTU.
 * Addresses, routes and MACs are not copied: two nodes with the same ones would be in each other's way.
 */
export function pasteEdit(copied: Copied, topology: Topology, taken: readonly Position[]): Paste {
  const names = new Map<string, NodeName>();
  const used = new Set(Object.keys(topology.nodes));
  for (const { name, node } of copied.nodes) {
    const fresh = copyName(name, node.kind, used);
    used.add(fresh);
    names.set(name, asNodeName(fresh));
  }
  const shift = freeShift(
    copied.nodes.map((item) => item.position),
    taken,
  );
  const edits: Edit[] = copied.nodes.flatMap(({ name, node, position }) => {
    const fresh = names.get(name);
    if (fresh === undefined) return [];
    return nodeEdits(fresh, node, snap({ x: position.x + shift.x, y: position.y + shift.y }));
  });
  for (const link of copied.links) {
    const ends = link.endpoints.map((endpoint) => {
      const [node, ifname] = endpointParts(endpoint);
      return { node: names.get(node) ?? node, ifname };
    });
    const [from, to] = ends;
    if (from === undefined || to === undefined) continue;
    edits.push({ type: 'connect', from, to });
    const key = `${from.node}:${from.ifname}--${to.node}:${to.ifname}` as const;
    if (!link.up || link.mtu !== undefined || link.label !== undefined) {
      edits.push({
        type: 'set-link',
        link: key,
        up: link.up,
        ...(link.mtu === undefined ? {} : { mtu: link.mtu }),
        ...(link.label === undefined ? {} : { label: link.label }),
      });
    }
  }
  return { edit: { type: 'batch', edits }, names: [...names.values()] };
}

function nodeEdits(name: NodeName, node: Copied['nodes'][number]['node'], position: Position): Edit[] {
  const edits: Edit[] = [
    { type: 'add-node', kind: node.kind, name, position, ...(node.label === undefined ? {} : { label: node.label }) },
  ];
  for (const [key, wanted] of Object.entries(node.interfaces)) {
    const ifname = endpointParts(`:${key}`)[1];
    edits.push({ type: 'add-interface', node: name, ifname });
    if (!wanted.up || wanted.mtu !== undefined) {
      edits.push({
        type: 'set-interface',
        node: name,
        ifname,
        up: wanted.up,
        ...(wanted.mtu === undefined ? {} : { mtu: wanted.mtu }),
      });
    }
  }
  for (const [vrf, { table, interfaces }] of vrfEntries(node)) {
    edits.push({ type: 'set-vrf', node: name, name: vrf, table, interfaces });
  }
  for (const [command, what] of commandEntries(node)) {
    edits.push({ type: 'add-command', node: name, name: command, ...what });
  }
  return edits;
}

/** How far the copies go from their originals: the first step down and right where none of them lies on another node. */
function freeShift(positions: readonly Position[], taken: readonly Position[]): Position {
  const clear = (shift: Position): boolean =>
    positions.every((own) =>
      taken.every(
        (other) =>
          Math.abs(own.x + shift.x - other.x) >= nodeRoom.width * 0.4 ||
          Math.abs(own.y + shift.y - other.y) >= nodeRoom.height * 0.45,
      ),
    );
  for (let step = 1; step <= 200; step += 1) {
    const shift = { x: step * gridUnit * 4, y: step * gridUnit * 8 };
    if (clear(shift)) return shift;
  }
  return { x: gridUnit * 4, y: gridUnit * 4 };
}
