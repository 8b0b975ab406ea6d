import { deleteNeighbour, type Request } from '@vethlab/netlink';
import type { LabNamespaces } from '../kernel/namespaces.js';
import type { ReachBatch, ReachTarget } from './reach-batches.js';

/** Index of a target's interface; undefined when it is not in the kernel. */
export type TargetIndex = (target: ReachTarget) => number | undefined;

/** Takes the entries that pings between these pairs made out of the neighbour tables again. What is not there is no fault. */
export async function forgetNeighbours(
  pairs: ReachBatch['pairs'],
  namespaces: LabNamespaces,
  indexOf: TargetIndex,
): Promise<void> {
  const requests = new Map<string, Request[]>();
  for (const [from, to] of pairs) {
    const ifindex = indexOf(from);
    if (ifindex === undefined) continue;
    const request = deleteNeighbour({ ifindex, address: to.address });
    const list = requests.get(from.node);
    if (list === undefined) requests.set(from.node, [request]);
    else list.push(request);
  }
  await Promise.all([...requests].map(([node, list]) => namespaces.get(node)?.socket.batch(list)));
}
