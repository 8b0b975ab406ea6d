import type { EdgeChange, NodeChange } from '@xyflow/react';
import type { Selection } from '../../view/view-state';
import { isGhostId } from '../ghosts/ghost-ids';
import { asLinkKey, asNodeName, asProbeKey } from './names';

/** Folds React Flow's selection changes of nodes into the selection; null when there are none. */
export function foldNodeSelection(selection: Selection, changes: readonly NodeChange[]): Selection | null {
  const nodes = new Set<string>([...selection.nodes, ...selection.ghosts]);
  if (!foldInto(nodes, changes)) return null;
  const ids = [...nodes];
  return { ...selection, nodes: ids.filter((id) => !isGhostId(id)).map(asNodeName), ghosts: ids.filter(isGhostId) };
}

/** The same for edges: an id with `>` is a probe, with `--` a link; what is not in the document has a prefix. */
export function foldEdgeSelection(selection: Selection, changes: readonly EdgeChange[]): Selection | null {
  const edges = new Set<string>([...selection.links, ...selection.probes, ...selection.ghosts]);
  if (!foldInto(edges, changes)) return null;
  const ids = [...edges].filter((id) => !isGhostId(id));
  return {
    ...selection,
    ghosts: [...edges].filter(isGhostId),
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
