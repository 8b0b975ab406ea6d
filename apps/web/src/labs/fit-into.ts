import type { Position } from '@vethlab/topology';

export interface Box {
  readonly width: number;
  readonly height: number;
  readonly paddingX: number;
  readonly paddingTop: number;
  readonly paddingBottom: number;
}

/** Places stretched over a box, each axis for itself; an axis on which all are equal goes to the middle. */
export function fitInto(places: ReadonlyMap<string, Position>, box: Box): ReadonlyMap<string, Position> {
  const all = [...places.values()];
  const x = axis(
    all.map((place) => place.x),
    box.paddingX,
    box.width - box.paddingX,
  );
  const y = axis(
    all.map((place) => place.y),
    box.paddingTop,
    box.height - box.paddingBottom,
  );
  return new Map([...places].map(([name, place]) => [name, { x: x(place.x), y: y(place.y) }]));
}

function axis(values: readonly number[], from: number, to: number): (value: number) => number {
  const least = Math.min(...values);
  const span = Math.max(...values) - least;
  return span === 0 ? () => (from + to) / 2 : (value) => from + ((value - least) / span) * (to - from);
}
