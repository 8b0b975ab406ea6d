import { viewActions, viewStore } from '../../view';
import { isGhostId } from '../ghosts/ghost-ids';
import { asLinkKey, asNodeName, asProbeKey } from './names';

/**
 * Selects the node, link or ping that an element of the page belongs to. `only`: it alone. `toggle`: adds it or takes it out.
 * `keep`: it alone, unless it is part of the selection already (a menu on one of several is about all of them).
 */
export function selectAt(target: Element, how: 'only' | 'toggle' | 'keep'): void {
  const node = target.closest<HTMLElement>('.react-flow__node')?.dataset.id;
  const edge = target.closest<SVGElement>('.react-flow__edge')?.getAttribute('data-id') ?? undefined;
  const ghosts = [node, edge].flatMap((id) => (id !== undefined && isGhostId(id) ? id : []));
  const picked = {
    nodes: node === undefined || isGhostId(node) ? [] : [asNodeName(node)],
    links: edge === undefined || isGhostId(edge) || edge.includes('>') ? [] : [asLinkKey(edge)],
    probes: edge !== undefined && !isGhostId(edge) && edge.includes('>') ? [asProbeKey(edge)] : [],
    ghosts,
  };
  const { selection } = viewStore.getState();
  if (how === 'keep' && isWithin(picked.nodes, selection.nodes) && isWithin(picked.links, selection.links)) {
    if (isWithin(picked.probes, selection.probes) && isWithin(ghosts, selection.ghosts)) return;
  }
  if (how !== 'toggle') {
    viewActions.select(picked);
    return;
  }
  viewActions.select({
    nodes: toggled(selection.nodes, picked.nodes),
    links: toggled(selection.links, picked.links),
    probes: toggled(selection.probes, picked.probes),
    ghosts: toggled(selection.ghosts, ghosts),
  });
}

function isWithin<Key>(picked: readonly Key[], selected: readonly Key[]): boolean {
  return picked.every((key) => selected.includes(key));
}

function toggled<Key>(before: readonly Key[], picked: readonly Key[]): Key[] {
  const added = picked.filter((key) => !before.includes(key));
  return [...before.filter((key) => !picked.includes(key)), ...added];
}
