import type { FromAgent } from '@vethlab/protocol';

type Namespaces = Extract<FromAgent, { type: 'observed' }>['delta']['namespaces'];
type Entry = readonly [string, Namespaces[string]];

/** Interfaces, routes and namespaces that are read at a time: some 2 ms. */
const weightPerPiece = 80;

/**
 * The namespaces of a delta in pieces that are quick to check. A namespace with many interfaces, the router of a star, is
 * told in several pieces: the first with all else, the others with further interfaces, as a kernel might have made them.
 * Nothing is known of the shape yet, and nothing is assumed.
 */
export function* observedPieces(namespaces: object): Generator<Namespaces> {
  let piece: Entry[] = [];
  let weight = 0;
  for (const entry of Object.entries(namespaces) as Entry[]) {
    for (const part of partsOf(entry)) {
      const partWeight = weightOf(part[1]);
      if (piece.length > 0 && weight + partWeight > weightPerPiece) {
        yield Object.fromEntries(piece);
        piece = [];
        weight = 0;
      }
      piece.push(part);
      weight += partWeight;
      // The next part has the same name, and must not take this one's place.
      if (weight > weightPerPiece) {
        yield Object.fromEntries(piece);
        piece = [];
        weight = 0;
      }
    }
  }
  if (piece.length > 0) yield Object.fromEntries(piece);
}

function* partsOf(entry: Entry): Generator<Entry> {
  const [name, change] = entry;
  const interfaces = recordOf(change?.interfaces);
  const known = Object.entries(interfaces);
  if (change === null || known.length <= weightPerPiece) {
    yield entry;
    return;
  }
  for (let start = 0; start < known.length; start += weightPerPiece) {
    const part = Object.fromEntries(known.slice(start, start + weightPerPiece));
    yield [name, start === 0 ? { ...change, interfaces: part } : { interfaces: part }] as Entry;
  }
}

function weightOf(change: Entry[1]): number {
  const routes: unknown = change?.routes;
  return 1 + Object.keys(recordOf(change?.interfaces)).length + (Array.isArray(routes) ? routes.length : 0);
}

function recordOf(value: unknown): object {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}
