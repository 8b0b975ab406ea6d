import { nodeOf, type Topology } from '@vethlab/topology';
import { useEffect } from 'react';
import { labStore } from '../../lab';
import { viewActions, viewStore } from '../../view';
import type { Selection } from '../../view/view-state';

/**
 * Lets go of what is selected and no longer in the document: somebody else may have deleted or renamed it. What is not drawn
 * cannot be deselected by a click, and an act on it would be refused together with all else that is selected.
 */
export function usePresentSelection(): void {
  useEffect(
    () =>
      labStore.subscribe(({ topology }, before) => {
        if (topology === null || topology === before.topology) return;
        const { selection } = viewStore.getState();
        const present = presentIn(topology, selection);
        if (countOf(present) < countOf(selection)) viewActions.select(present);
      }),
    [],
  );
}

function presentIn(topology: Topology, { nodes, links, probes }: Selection): Selection {
  const has = <Key extends string>(keys: readonly Key[], there: () => Iterable<string>): readonly Key[] => {
    // Most edits of a large lab come while nothing of this kind is selected.
    if (keys.length === 0) return keys;
    const known = new Set(there());
    return keys.filter((key) => known.has(key));
  };
  return {
    nodes: nodes.filter((name) => nodeOf(topology, name) !== null),
    links: has(links, () => topology.links.map(({ endpoints }) => endpoints.join('--'))),
    probes: has(probes, () => topology.probes.map(({ from, to }) => `${from}>${to}`)),
  };
}

function countOf({ nodes, links, probes }: Selection): number {
  return nodes.length + links.length + probes.length;
}
