import type { Position, Topology } from '@vethlab/topology';
import { nodeNameOf } from '../nodes/derive-nodes';
import type { Places } from '../nodes/node-data';
import { freeSpot, nodeRoom } from './free-spot';
import { Occupancy } from './occupancy';

/**
 * A place for every node: the document's, else a computed one, else a free spot beside the first placed neighbour.
 * Deterministic, so nothing jumps from one look to the next.
 */
export function placeMissing(topology: Topology, computed: Places): Places {
  const places = new Map<string, Position>();
  const names = Object.keys(topology.nodes);
  for (const name of names) {
    const own = Object.hasOwn(topology.canvas.nodes, name) ? topology.canvas.nodes[name] : undefined;
    const place = own ?? computed.get(name);
    if (place !== undefined) places.set(name, place);
  }
  const missing = names.filter((name) => !places.has(name));
  if (missing.length > 0) {
    const neighbours = neighbourNames(topology);
    const taken = new Occupancy(places.values());
    for (const name of missing) {
      const beside = (neighbours.get(name) ?? [])
        .map((other) => places.get(other))
        .find((place) => place !== undefined);
      const spot = freeSpot(beside ? { x: beside.x + nodeRoom.width, y: beside.y } : { x: 0, y: 0 }, taken);
      places.set(name, spot);
      taken.add(spot);
    }
  }
  return places;
}

function neighbourNames(topology: Topology): ReadonlyMap<string, readonly string[]> {
  const neighbours = new Map<string, string[]>();
  const note = (from: string, to: string): void => {
    const list = neighbours.get(from);
    if (list) list.push(to);
    else neighbours.set(from, [to]);
  };
  for (const { endpoints } of topology.links) {
    note(nodeNameOf(endpoints[0]), nodeNameOf(endpoints[1]));
    note(nodeNameOf(endpoints[1]), nodeNameOf(endpoints[0]));
  }
  return neighbours;
}
