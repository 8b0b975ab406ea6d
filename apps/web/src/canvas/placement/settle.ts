import type { Position, Topology } from '@vethlab/topology';
import { freeSpot } from './free-spot';

/** Nearer than this in both directions one silhouette hides the other, in canvas units: a silhouette is 44 high at least. */
const hides = 32;

/** Whether a node at one place hides one at the other. */
export function liesOn(a: Position, b: Position): boolean {
  return Math.abs(a.x - b.x) < hides && Math.abs(a.y - b.y) < hides;
}

/** Dropped nodes that would hide one that was not moved go beside it; all others keep the place they were dropped at. */
export function clearOfOthers(
  moved: ReadonlyMap<string, Position>,
  places: ReadonlyMap<string, Position>,
): ReadonlyMap<string, Position> {
  const standing = [...places].flatMap(([name, at]) => (moved.has(name) ? [] : [at]));
  const clear = new Map(moved);
  for (const [name, at] of moved) {
    if (!standing.some((other) => liesOn(at, other))) continue;
    clear.set(name, freeSpot(at, [...standing, ...[...clear].flatMap(([other, to]) => (other === name ? [] : [to]))]));
  }
  return clear;
}

/**
 * Where a node has to go because it lies on another one; null when it may stay. Only the later one of the two in the
 * document gives way, so that two people who each placed one agree about which.
 */
export function settledPlace(topology: Topology, name: string): Position | null {
  const places = topology.canvas.nodes;
  const own = Object.hasOwn(places, name) ? places[name] : undefined;
  if (own === undefined) return null;
  for (const earlier of Object.keys(topology.nodes)) {
    if (earlier === name) return null;
    const place = Object.hasOwn(places, earlier) ? places[earlier] : undefined;
    if (place === undefined || !liesOn(own, place)) continue;
    const others = Object.entries(places).flatMap(([other, at]) => (other === name ? [] : [at]));
    return freeSpot(own, others);
  }
  return null;
}
