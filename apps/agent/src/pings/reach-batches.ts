import { segmentsOf, type Topology } from '@vethlab/topology';

/** A node to ping from and to. */
export interface ReachTarget {
  readonly node: string;
  readonly ifname: string;
  readonly address: string;
}

/** Pairs that are pinged together. */
export interface ReachBatch {
  readonly pairs: readonly (readonly [from: ReachTarget, to: ReachTarget])[];
  /** Forget the neighbours that these pings make known, before the next batch. */
  readonly forget: boolean;
}

/**
 * Neighbour entries that one sweep may make. All namespaces of the machine, other labs included, share one table of 1,024 by
 * default (net.ipv4.neigh.default.gc_thresh3), and an entry cannot be displaced in its first five seconds.
 */
const mostNeighbours = 400;

/** Hosts per side of a block: 14 × 14 pairs make at most 392 entries. */
const blockSize = 14;

/** Any pairs, each of which makes two entries at most. */
export const mostPairsAtOnce = mostNeighbours / 2;

/**
 * Every target to every other one. Through routers all go together. Where so many share a segment that the table of neighbours
 * would overflow, blocks of hosts take turns.
 */
export function reachBatches(topology: Topology, targets: readonly ReachTarget[]): ReachBatch[] {
  const all = blocksOf(targets, targets.length);
  if (neighbourEntries(topology, targets) <= mostNeighbours) return all.map((pairs) => ({ pairs, forget: false }));
  return blocksOf(targets, blockSize).map((pairs) => ({ pairs, forget: true }));
}

/** Each ordered pair is in exactly one block, beside the same pair the other way round, which needs the same entries. */
function blocksOf(targets: readonly ReachTarget[], size: number): (readonly [ReachTarget, ReachTarget])[][] {
  const blocks: (readonly [ReachTarget, ReachTarget])[][] = [];
  for (let rows = 0; rows < targets.length; rows += size) {
    for (let columns = rows; columns < targets.length; columns += size) {
      const pairs: (readonly [ReachTarget, ReachTarget])[] = [];
      for (const from of targets.slice(rows, rows + size)) {
        for (const to of targets.slice(columns, columns + size)) {
          if (from === to) continue;
          pairs.push([from, to]);
          if (rows !== columns) pairs.push([to, from]);
        }
      }
      if (pairs.length > 0) blocks.push(pairs);
    }
  }
  return blocks;
}

/** How many entries pings between all of them make: two for each pair on one segment. */
function neighbourEntries(topology: Topology, targets: readonly ReachTarget[]): number {
  const { numberOf } = segmentsOf(topology);
  const members = new Map<number, number>();
  for (const { node, ifname } of targets) {
    const segment = numberOf.get(`${node}:${ifname}`) ?? -1;
    members.set(segment, (members.get(segment) ?? 0) + 1);
  }
  let entries = 0;
  for (const [segment, count] of members) if (segment >= 0) entries += count * (count - 1);
  return entries;
}
