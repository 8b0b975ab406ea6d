import type { Diagnostic } from '../model/diagnostic.js';
import { diagnostic } from '../model/problem.js';
import type { Topology } from '../model/topology.js';
import { switchLoopsOf } from './switch-loops.js';

/** Loops of switches: each link that closes one is told, with the switches of the loop by name. */
export function checkSwitchLoops(topology: Topology): readonly Diagnostic[] {
  return switchLoopsOf(topology).map(({ index, way }) => {
    const detail = `${[...way, way[0]].join(' – ')}: without spanning tree a broadcast goes round here for ever. Vethlab holds this link to 5 Mbit/s, so that the storm stays small. Spanning tree in one of these switches opens the loop.`;
    return diagnostic('switch.loop', ['links', index], detail);
  });
}
