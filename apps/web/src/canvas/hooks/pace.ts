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
}

/**
 * Takes over at most `most` new or changed elements at once, in their order. Those that wait keep the look they had, or
 * are not there yet. What is gone goes at once, and what is selected comes first: a person has a hand on it.
 */
export function pace<Element extends Paced>(
  shown: readonly Element[],
  wanted: readonly Element[],
  most: number,
): PacedStep<Element> {
  if (wanted.length <= most) return { elements: [...wanted], taken: wanted.length, done: true };
  const before = new Map(shown.map((element) => [element.id, element]));
  let room = most;
  for (const element of wanted) {
    if (element.selected === true && before.get(element.id) !== element) room -= 1;
  }
  const elements: Element[] = [];
  let taken = 0;
  let done = true;
  for (const element of wanted) {
    const old = before.get(element.id);
    const first = element.selected === true && taken < most;
    if (old === element) elements.push(element);
    else if (first || room > 0) {
      elements.push(element);
      taken += 1;
      if (!first) room -= 1;
    } else {
      done = false;
      if (old !== undefined) elements.push(old);
    }
  }
  return { elements, taken, done };
}
