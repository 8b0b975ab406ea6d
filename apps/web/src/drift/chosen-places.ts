import { viewStore } from '../view';
import { type Difference, differencesAt } from './differences';

/** The differences of what is selected: ghosts themselves, and what is marked on nodes and links. */
export function chosenPlaces(differences: readonly Difference[]): readonly Difference[] {
  const { nodes, links, ghosts } = viewStore.getState().selection;
  const places = new Set<string>([...nodes, ...links.flatMap((link) => link.split('--'))]);
  const marked = differencesAt(differences, places);
  return [
    ...differences.filter(
      ({ ghost }) => ghost !== null && ghosts.includes(ghost) && !marked.some((one) => one.ghost === ghost),
    ),
    ...marked,
  ];
}
