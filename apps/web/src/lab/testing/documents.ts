import { applyEdit, type Edit, type EditResult, emptyTopology, type NodeName, type Topology } from '@vethlab/topology';

export const name = (text: string): NodeName => text as NodeName;

export function addHost(node: string, x = 0, y = 0): Edit {
  return { type: 'add-node', kind: 'host', name: name(node), position: { x, y } };
}

export function move(node: string, x: number, y: number): Edit {
  return { type: 'move-nodes', positions: { [node]: { x, y } } };
}

/** The result of an edit that must be accepted. */
export function edited(topology: Topology, edit: Edit): Extract<EditResult, { readonly ok: true }> {
  const result = applyEdit(topology, edit);
  if (!result.ok) throw new Error(result.diagnostics.map((diagnostic) => diagnostic.detail).join('; '));
  return result;
}

export function labWith(...nodes: readonly string[]): Topology {
  return nodes.reduce((topology, node) => edited(topology, addHost(node)).topology, emptyTopology('Test'));
}
