import { emptyObserved } from '@vethlab/observed';
import { planLab, scriptOf } from '@vethlab/planner';
import type { Topology } from '@vethlab/topology';

/** The steps against an empty sandbox, as JSON text. */
export function planFromNothing(topology: Topology): string {
  return JSON.stringify(planLab({ topology, previous: null, observed: emptyObserved, unmanaged: 'keep' }).steps);
}

/** The script that builds the lab where nothing of it is there yet. */
export function scriptFromNothing(topology: Topology): string {
  return scriptOf(topology);
}
