/** What React Flow takes in by identity: the same object means nothing to draw. */
interface Paced {
  readonly id: string;
  readonly selected?: boolean | undefined;
}

export interface PacedStep<Element> {
  readonly elements: Element[];
  /** New or changed elements taken over in this step. */
  readonly taken: number;
  /** False while some wait for the next step. */
  readonly done: boolean;
  /** Where the next step goes on, so that the last ones get their turn however often the first ones change. */
  readonly next: number;
}

/**
 * Takes over at most `most` new or changed elements at once, going round from `from`. Those that wait keep the look they
 * had, or are not there yet. What is gone goes at once, and what is selected comes first: a person has a hand on it.
 */
export function pace<Element extends Paced>(
  shown: readonly Element[],
  wanted: readonly Element[],
  most: number,
  from: number,
): PacedStep<Element> {
  if (wanted.length <= most) return { elements: [...wanted], taken: wanted.length, done: true, next: 0 };
  const before = new Map(shown.map((element) => [element.id, element]));
  const changed: number[] = [];
  for (const [index, element] of wanted.entries()) {
    if (before.get(element.id) !== element) changed.push(index);
  }
  const selected = changed.filter((index) => wanted[index]?.selected === true);
  const rest = changed.filter((index) => wanted[index]?.selected !== true);
  const round = [...rest.filter((index) => index >= from), ...rest.filter((index) => index < from)];
  const inTurn = round.slice(0, Math.max(0, most - selected.length));
  const takes = new Set([...selected.slice(0, most), ...inTurn]);
  const elements = wanted.flatMap((element, index) => {
    const old = before.get(element.id);
    return old === element || takes.has(index) ? element : (old ?? []);
  });
  return { elements, taken: takes.size, done: takes.size === changed.length, next: (inTurn.at(-1) ?? from - 1) + 1 };
}
