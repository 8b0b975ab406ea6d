import { type Action, labelOf } from '../app/actions/action';

/**
 * The actions that fit what is typed, the best first in each group, and the group of the best one first: Enter takes it.
 * Each typed word has to begin one of the action's words; letters strewn over them do not count ("lab shell" must not stop
 * the lab).
 */
export function foundGroups(
  actions: readonly Action[],
  groups: readonly Action['group'][],
  typed: string,
): readonly { readonly group: Action['group']; readonly found: readonly Action[] }[] {
  const wanted = typed.toLowerCase().trim();
  const fits = new Map(actions.map((action) => [action, fitOf(action, wanted)]));
  const fit = (action: Action | undefined): number => (action === undefined ? 0 : (fits.get(action) ?? 0));
  return groups
    .map((group) => ({
      group,
      found: actions
        .filter((action) => action.group === group && fit(action) > 0)
        .toSorted((one, other) => fit(other) - fit(one)),
    }))
    .filter(({ found }) => found.length > 0)
    .toSorted((one, other) => fit(other.found[0]) - fit(one.found[0]));
}

/** 0: not at all; 4: its label begins with it. With nothing typed all fit alike. */
function fitOf(action: Action, wanted: string): number {
  const label = labelOf(action).toLowerCase();
  if (wanted === '') return 1;
  if (label.startsWith(wanted)) return 4;
  if (label.includes(wanted)) return 3;
  const parts = wanted.split(/\s+/);
  if (parts.every((part) => startsAWord(label, part))) return 2;
  const everything = [label, action.group, action.id, ...(action.keywords ?? [])].join(' ').toLowerCase();
  return parts.every((part) => startsAWord(everything, part)) ? 1 : 0;
}

function startsAWord(text: string, part: string): boolean {
  return text.split(/[^\p{L}\p{N}]+/u).some((word) => word.startsWith(part));
}
