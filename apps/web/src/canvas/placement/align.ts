import type { Position } from '@vethlab/topology';
import { clearance } from './occupancy';

export type Alignment = 'row' | 'column' | 'spread-across' | 'spread-down';

/** New positions of the nodes (centres) that make a row or a column, or even gaps. Pure; nothing moves for fewer than two. */
export function align(positions: ReadonlyMap<string, Position>, how: Alignment): Map<string, Position> {
  const entries = [...positions];
  if (entries.length < 2) return new Map(entries);
  const axis = how === 'row' || how === 'spread-down' ? 'y' : 'x';
  if (how === 'row' || how === 'column') {
    const middle = Math.round(entries.reduce((sum, [, position]) => sum + position[axis], 0) / entries.length);
    return apart(new Map(entries.map(([name, position]) => [name, { ...position, [axis]: middle }])), axis);
  }
  const sorted = entries.toSorted(([, a], [, b]) => a[axis] - b[axis]);
  const first = sorted[0]?.[1][axis] ?? 0;
  const last = sorted.at(-1)?.[1][axis] ?? 0;
  const step = (last - first) / (sorted.length - 1);
  return new Map(
    sorted.map(([name, position], index) => [name, { ...position, [axis]: Math.round(first + step * index) }]),
  );
}

/** Nodes of one row that stood one above the other would lie on each other: each keeps clear of the one before it. */
function apart(aligned: ReadonlyMap<string, Position>, shared: 'x' | 'y'): Map<string, Position> {
  const along = shared === 'y' ? 'x' : 'y';
  const least = along === 'x' ? clearance.width : clearance.height;
  let last = Number.NEGATIVE_INFINITY;
  const moved = new Map<string, Position>();
  for (const [name, position] of [...aligned].toSorted(([, a], [, b]) => a[along] - b[along])) {
    // Neighbours that are only close were put so by the person.
    const at = position[along] - last < hidden ? last + least : position[along];
    moved.set(name, { ...position, [along]: at });
    last = at;
  }
  return moved;
}

/** Closer than this one name covers the other. */
const hidden = 48;
