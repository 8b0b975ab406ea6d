import { nodeOf, probeKey, type Topology } from '@vethlab/topology';
import { useEffect } from 'react';
import { ghostsNow } from '../../drift/ghosts-now';
import { labStore } from '../../lab';
import type { LabState } from '../../lab/lab-state';
import { viewActions, viewStore } from '../../view';
import type { Selection } from '../../view/view-state';
import { ghostEdgeId, ghostNodeId, namespaceOfGhost, rootNodeId } from '../ghosts/ghost-ids';
import { asNodeName } from '../state/names';

/**
 * Lets go of what is selected and no longer there: somebody else may have deleted or renamed it. What is not drawn cannot be
 * deselected by a click, and an act on it would be refused together with all else that is selected. A ghost that has become
 * a node of the document stays selected as that.
 */
export function usePresentSelection(): void {
  useEffect(
    () =>
      labStore.subscribe((lab, before) => {
        if (lab.topology === null) return;
        const { selection } = viewStore.getState();
        if (lab.topology === before.topology && (selection.ghosts.length === 0 || lab.observed === before.observed))
          return;
        const present = presentIn(lab, lab.topology, selection);
        if (countOf(present) < countOf(selection) || present.nodes.length > selection.nodes.length)
          viewActions.select(present);
      }),
    [],
  );
}

function presentIn(lab: LabState, topology: Topology, { nodes, links, probes, ghosts }: Selection): Selection {
  const has = <Key extends string>(keys: readonly Key[], there: () => Iterable<string>): readonly Key[] => {
    // Most edits of a large lab come while nothing of this kind is selected.
    if (keys.length === 0) return keys;
    const known = new Set(there());
    return keys.filter((key) => known.has(key));
  };
  const drawn = ghosts.length === 0 ? null : ghostIdsIn(lab);
  const isGone = (id: string): boolean => drawn?.has(id) !== true;
  const adopted = ghosts.filter(isGone).map(namespaceOfGhost).map(asNodeName);
  return {
    ghosts: ghosts.filter((id) => !isGone(id)),
    nodes: [...nodes, ...adopted].filter((name) => nodeOf(topology, name) !== null),
    links: has(links, () => topology.links.map(({ endpoints }) => endpoints.join('--'))),
    probes: has(probes, () => topology.probes.map(probeKey)),
  };
}

/** Ids of all ghosts as they are drawn; the box of the root namespace is let go of only with the lab. */
function ghostIdsIn(lab: LabState): ReadonlySet<string> {
  const { namespaces, pairs } = ghostsNow(lab);
  return new Set([
    rootNodeId,
    ...namespaces.map(({ name }) => ghostNodeId(name)),
    ...pairs.map(({ id }) => ghostEdgeId(id)),
  ]);
}

function countOf({ nodes, links, probes, ghosts }: Selection): number {
  return nodes.length + links.length + probes.length + ghosts.length;
}
