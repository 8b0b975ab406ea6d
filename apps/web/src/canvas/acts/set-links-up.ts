import type { Edit } from '@vethlab/topology';
import { labStore } from '../../lab';
import { viewStore } from '../../view';
import { endpointParts } from '../state/names';
import { perform } from './perform';

/** Links that are selected, or that join two selected nodes. */
export function chosenLinks() {
  const { nodes, links } = viewStore.getState().selection;
  const inside = new Set<string>(nodes);
  return (labStore.getState().topology?.links ?? []).filter(
    (link) =>
      links.includes(`${link.endpoints[0]}--${link.endpoints[1]}`) ||
      (nodes.length > 1 && link.endpoints.every((end) => inside.has(endpointParts(end)[0]))),
  );
}

/** Takes the chosen links down or up, in one edit. */
export async function setChosenLinksUp(up: boolean): Promise<void> {
  const edits: Edit[] = chosenLinks()
    .filter((link) => link.up !== up)
    .map((link) => ({ type: 'set-link', link: `${link.endpoints[0]}--${link.endpoints[1]}`, up }));
  if (edits.length > 0) await perform({ type: 'batch', edits }, null);
}

/** Down when any of them is up, else up. */
export async function toggleChosenLinks(): Promise<void> {
  await setChosenLinksUp(!chosenLinks().some((link) => link.up));
}
