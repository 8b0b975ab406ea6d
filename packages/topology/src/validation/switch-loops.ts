import { loopingSwitchesOf, shapeOf } from '../model/replaced-nodes.js';
import type { Link, Topology } from '../model/topology.js';

/** A link that closes a loop of switches. */
export interface SwitchLoop {
  readonly link: Link;
  /** Its place in the document. */
  readonly index: number;
  /** The switches of the loop, each once. */
  readonly way: readonly string[];
}

const none: readonly SwitchLoop[] = [];

/** Names and kinds of nodes, spanning tree, and the links, are all that decides. */
const known = new WeakMap<readonly Link[], { readonly shape: object; readonly loops: readonly SwitchLoop[] }>();

/** Links that close a loop of switches without spanning tree, in the order of the document: without one of them its loop is open. */
export function switchLoopsOf(topology: Topology): readonly SwitchLoop[] {
  const switches = loopingSwitchesOf(topology);
  if (switches.size === 0) return none;
  const cached = known.get(topology.links);
  const shape = shapeOf(topology);
  if (cached?.shape === shape) return cached.loops;
  const loops = findLoops(topology.links, switches);
  known.set(topology.links, { shape, loops });
  return loops;
}

function findLoops(links: readonly Link[], switches: ReadonlySet<string>): readonly SwitchLoop[] {
  /** The tree of links seen so far: neighbours of each switch. */
  const neighbours = new Map<string, string[]>();
  const found: SwitchLoop[] = [];
  for (const [index, link] of links.entries()) {
    const ends = endsAt(switches, link);
    // A link that is taken down carries nothing, so it closes no loop.
    if (ends === null || !link.up) continue;
    const [a, b] = ends;
    const way = a === b ? [a] : wayBetween(neighbours, a, b);
    if (way !== null) {
      found.push({ link, index, way });
      continue;
    }
    join(neighbours, a, b);
    join(neighbours, b, a);
  }
  return found;
}

function endsAt(switches: ReadonlySet<string>, link: Link): readonly [string, string] | null {
  const [a, b] = link.endpoints.map((endpoint) => endpoint.slice(0, endpoint.indexOf(':')));
  if (a === undefined || b === undefined) return null;
  return switches.has(a) && switches.has(b) ? [a, b] : null;
}

function wayBetween(neighbours: ReadonlyMap<string, readonly string[]>, from: string, to: string): string[] | null {
  if (!neighbours.has(from) || !neighbours.has(to)) return null;
  const cameFrom = new Map<string, string | null>([[from, null]]);
  const queue = [from];
  for (const current of queue) {
    if (current === to) break;
    for (const next of neighbours.get(current) ?? []) {
      if (cameFrom.has(next)) continue;
      cameFrom.set(next, current);
      queue.push(next);
    }
  }
  if (!cameFrom.has(to)) return null;
  const way: string[] = [];
  for (let current: string | null = to; current !== null; current = cameFrom.get(current) ?? null) way.unshift(current);
  return way;
}

function join(neighbours: Map<string, string[]>, from: string, to: string): void {
  const list = neighbours.get(from);
  if (list === undefined) neighbours.set(from, [to]);
  else list.push(to);
}
