import { describe, expect, it } from 'vitest';
import { pace } from './pace';

interface Element {
  readonly id: string;
  readonly selected?: boolean;
  readonly look?: number;
}

const many = (count: number, look = 0): Element[] =>
  Array.from({ length: count }, (_, index) => ({ id: `h${index}`, look }));

/** Steps until nothing waits; gives the number of steps. */
function walk(shown: readonly Element[], wanted: readonly Element[], most: number): number {
  let now = shown;
  let from = 0;
  for (let steps = 1; steps < 1_000; steps += 1) {
    const step = pace(now, wanted, most, from);
    expect(step.taken).toBeLessThanOrEqual(most);
    from = step.next;
    now = step.elements;
    if (!step.done) continue;
    expect(now).toEqual(wanted);
    return steps;
  }
  throw new Error('It never ends.');
}

describe('taking a large lab onto the page', () => {
  it('takes a small one at once', () => {
    const wanted = many(40);
    expect(pace([], wanted, 60, 0)).toMatchObject({ elements: wanted, taken: 40, done: true });
  });
  it('takes a thousand in slices, all of them in the end and in their order', () => {
    expect(walk([], many(1_000), 60)).toBe(17);
  });
  it('keeps the old look of what waits', () => {
    const step = pace(many(100), many(100, 1), 60, 0);
    expect(step.elements.map((element) => element.look)).toEqual([...Array(60).fill(1), ...Array(40).fill(0)]);
  });
  it('lets go of what is gone at once', () => {
    const rest = many(200).slice(100);
    expect(pace(many(200), rest, 60, 0).elements.every((element) => rest.some(({ id }) => id === element.id))).toBe(
      true,
    );
  });
  it('takes what is selected first', () => {
    const wanted = many(200, 1).map((element) => (element.id === 'h199' ? { ...element, selected: true } : element));
    const step = pace(many(200), wanted, 10, 0);
    expect(step.elements.at(-1)).toMatchObject({ id: 'h199', selected: true, look: 1 });
    expect(step.taken).toBe(10);
  });
  it('comes to an end when everything is selected', () => {
    expect(
      walk(
        many(500),
        many(500, 1).map((element) => ({ ...element, selected: true })),
        60,
      ),
    ).toBe(9);
  });
  it('lets the last ones have their turn, however often the first ones change', () => {
    let step = pace(many(100), many(100, 1), 60, 0);
    step = pace(step.elements, many(100, 2), 60, step.next);
    expect(step.elements.at(-1)?.look).toBe(2);
  });
  it('does nothing about what is the same', () => {
    const same = many(200);
    expect(pace(same, same, 60, 0)).toMatchObject({ taken: 0, done: true });
  });
});
