import type { FeatureName } from '@vethlab/observed';
import { type Impairment, type Interface, switchLoopsOf, type Topology } from '@vethlab/topology';
import { LOOP_RATE_BITS_PER_SECOND } from '../desired/desired.js';
import { impairmentWanted } from '../desired/impairment-wanted.js';
import { possibleNode } from '../features/without-missing.js';
import { effectOf, isNothing, sameEffect } from '../shaping/effect.js';
import type { AdoptionWork } from './adoption-work.js';

const loopLimit: Impairment = { rateBitsPerSecond: LOOP_RATE_BITS_PER_SECOND };

/**
 * What is done to packets that leave the interfaces in view. Last of all, because a link that closes a loop of switches is limited by
 * Vethlab itself, and that is no part of a document. What the kernel cannot do is not missing from it: the document keeps it.
 */
export function adoptImpairments(work: AdoptionWork, missing: ReadonlySet<FeatureName>): void {
  const { draft } = work;
  const closers = endpointsOfLoops(draft);
  const closedBefore = endpointsOfLoops(work.topology);
  for (const { name, node, namespace } of work.members()) {
    const { interfaces } = possibleNode(node, missing);
    for (const [ifname, found] of Object.entries(namespace.interfaces)) {
      const record = work.record(name, ifname);
      const able = Object.hasOwn(interfaces, ifname) ? interfaces[ifname] : undefined;
      if (record === null || able === undefined) continue;
      const endpoint = `${name}:${ifname}`;
      const effect = effectOf(found);
      if (sameEffect(effect, impairmentWanted(able, closers.has(endpoint) ? LOOP_RATE_BITS_PER_SECOND : null)))
        continue;
      const isLoopLimit = sameEffect(effect, loopLimit) && (closers.has(endpoint) || closedBefore.has(endpoint));
      const isNew = work.freshEnds.has(endpoint) || !Object.hasOwn(work.topology.nodes, name);
      if (isLoopLimit || !(isNew || work.choice.impairment(name, ifname))) continue;
      work.put(name, ifname, withImpairment(record, able, effect));
    }
  }
}

/** What the kernel cannot do stays as it is said. */
function withImpairment(record: Interface, able: Interface, effect: Impairment | null): Interface {
  const { impairment: said, ...rest } = record;
  const unable = Object.entries(said ?? {}).filter(([field]) => !Object.hasOwn(able.impairment ?? {}, field));
  const impairment: Impairment = { ...Object.fromEntries(unable), ...effect };
  return isNothing(impairment) ? rest : { ...rest, impairment };
}

function endpointsOfLoops(topology: Topology): ReadonlySet<string> {
  return new Set(switchLoopsOf(topology).flatMap(({ link }) => link.endpoints));
}
