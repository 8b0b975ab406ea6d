import { type Position, splitEndpoint, type Topology } from '@vethlab/topology';

/** Distance of columns and rows, in the drawing's own units. */
const cell = { width: 120, height: 64 } as const;

/**
 * Where the nodes of a small drawing go: as on the canvas when every node has its place there, otherwise in columns by
 * their distance from an end of the network. Good for the tens of nodes of a card, not for a canvas.
 */
export function drawingPositions(topology: Topology): ReadonlyMap<string, Position> {
  const names = Object.keys(topology.nodes);
  const placed = new Map(Object.entries(topology.canvas.nodes));
  if (names.every((name) => placed.has(name))) return placed;
  const neighbours = neighboursOf(topology);
  const positions = new Map<string, Position>();
  let top = 0;
  const seen = new Set<string>();
  for (const start of inOrderOfDegree(names, neighbours)) {
    if (seen.has(start)) continue;
    const columns = columnsFrom(start, neighbours, seen);
    const rows = Math.max(...columns.map((column) => column.length));
    columns.forEach((column, x) => {
      column.forEach((name, index) => {
        const y = top + (rows - column.length) / 2 + index;
        positions.set(name, { x: x * cell.width, y: y * cell.height });
      });
    });
    top += rows;
  }
  return positions;
}

function neighboursOf(topology: Topology): ReadonlyMap<string, readonly string[]> {
  const neighbours = new Map<string, string[]>(Object.keys(topology.nodes).map((name) => [name, []]));
  for (const link of topology.links) {
    const [one, other] = link.endpoints.map((endpoint) => splitEndpoint(endpoint)?.node);
    if (one === undefined || other === undefined) continue;
    neighbours.get(one)?.push(other);
    neighbours.get(other)?.push(one);
  }
  return neighbours;
}

/** Ends of the network first, so that the first column is an end. */
function inOrderOfDegree(
  names: readonly string[],
  neighbours: ReadonlyMap<string, readonly string[]>,
): readonly string[] {
  const degree = (name: string): number => neighbours.get(name)?.length ?? 0;
  return [...names].sort((one, other) => degree(one) - degree(other));
}

function columnsFrom(
  start: string,
  neighbours: ReadonlyMap<string, readonly string[]>,
  seen: Set<string>,
): readonly (readonly string[])[] {
  const columns: string[][] = [];
  let column = [start];
  seen.add(start);
  while (column.length > 0) {
    columns.push(column);
    const next: string[] = [];
    for (const name of column) {
      for (const neighbour of neighbours.get(name) ?? []) {
        if (seen.has(neighbour)) continue;
        seen.add(neighbour);
        next.push(neighbour);
      }
    }
    column = next;
  }
  return columns;
}
