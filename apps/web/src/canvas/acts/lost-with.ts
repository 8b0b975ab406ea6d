import { namespaceOf, type Observed } from '@vethlab/observed';
import type { Ghosts } from '@vethlab/planner';
import { beyondLine } from '../../drift/beyond-words';
import { interfaceText, pairText } from '../../drift/place-words';

/**
 * What goes with these nodes and is in no document, so that no undo brings it back: what somebody typed in them and did not adopt. Each in a few words, with
 * the node in front.
 */
export function lostWith(
  nodes: readonly string[],
  observed: Observed,
  { pairs, interfaces }: Ghosts,
): readonly string[] {
  return nodes.flatMap((node) => {
    const inside = [
      ...(namespaceOf(observed, node)?.beyond ?? []).map(beyondLine),
      ...interfaces.filter(({ namespace }) => namespace === node).map(interfaceText),
      ...pairs
        .filter(({ ends }) => ends.some(({ namespace }) => namespace === node))
        .map((pair) => `veth pair ${pairText(pair)}`),
    ];
    return inside.map((what) => `${node}: ${what}`);
  });
}
