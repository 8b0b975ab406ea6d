import type { Position } from '@vethlab/topology';

export type Alignment = 'row' | 'column' | 'spread-across' | 'spread-down';

/** New positions of the nodes (centres) that make a row or a column, or even gaps. Pure; nothing moves for fewer than two. */
export function align(positions: ReadonlyMap<string, Position>, how: Alignment): Map<string, Position> {
  const entries = [...positions];
  if (entries.length < 2) return new Map(entries);
  const axis = how === 'row' || how === 'spread-down' ? 'y' : 'x';
  if (how === 'row' || how === 'column') {
    const middle = Math.round(entries.reduce((sum, [, position]) => sum + position[axis], 0) / entries.length);
    return new Map(entries.map(([name, position]) => [name, { ...position, [axis]: middle }]));
  }
  const sorted = entries.toSorted(([, a], [, b]) => a[axis] - b[axis]);
  const first = sorted[0]?.[1][axis] ?? 0;
  const last = sorted.at(-1)?.[1][axis] ?? 0;
  const step = (last - first) / (sorted.length - 1);
  return new Map(
    sorted.map(([name, position], index) => [name, { ...position, [axis]: Math.round(first + step * index) }]),
  );
}
