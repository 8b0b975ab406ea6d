import type { EdgeChange, NodeChange } from '@xyflow/react';
import type { Selection } from '../../view/view-state';
import { asLinkKey, asNodeName, asProbeKey } from './names';

/** Folds React Flow's selection changes of nodes into the selection; null when there are none. */
export function foldNodeSelection(selection: Selection, changes: readonly NodeChange[]): Selection | null {
  const nodes = new Set<string>(selection.nodes);
  if (!foldInto(nodes, changes)) return null;
  return { ...selection, nodes: [...nodes].map(asNodeName) };
}

/** The same for edges: an id with `>` is a probe, with `--` a link. */
export function foldEdgeSelection(selection: Selection, changes: readonly EdgeChange[]): Selection | null {
  const edges = new Set<string>([...selection.links, ...selection.probes]);
  if (!foldInto(edges, changes)) return null;
  const ids = [...edges];
  return {
    ...selection,
    links: ids.filter((id) => !id.includes('>')).map(asLinkKey),
    probes: ids.filter((id) => id.includes('>')).map(asProbeKey),
  };
}

function foldInto(ids: Set<string>, changes: readonly (NodeChange | EdgeChange)[]): boolean {
  let changed = false;
  for (const change of changes) {
    if (change.type !== 'select') continue;
    changed = true;
    if (change.selected) ids.add(change.id);
    else ids.delete(change.id);
  }
  return changed;
}
