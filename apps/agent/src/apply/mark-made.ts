import { type Request, setLink } from '@vethlab/netlink';
import type { Step } from '@vethlab/planner';
import type { Ifindexes } from '../kernel/ifindexes.js';
import type { LabNamespaces } from '../kernel/namespaces.js';
import type { StepOutcome } from './outcome.js';

/**
 * Gives the interfaces that these steps made the lab's alias. The kernel takes no alias while it makes an interface; until it has
 * one, an interface is known as ours by the marked namespace it was made in.
 */
export async function markMade(
  steps: readonly Step[],
  mark: string,
  outcomes: ReadonlyMap<Step, StepOutcome>,
  { namespaces, ifindexes }: { readonly namespaces: LabNamespaces; readonly ifindexes: Ifindexes },
): Promise<void> {
  const requests = new Map<string, Request[]>();
  for (const step of steps) {
    if (outcomes.get(step)?.kind !== 'done') continue;
    for (const { namespace, ifname } of madeBy(step)) {
      const ifindex = ifindexes.of(namespace, ifname);
      if (ifindex === undefined) continue;
      const request = setLink({ ifindex, alias: mark });
      const list = requests.get(namespace);
      if (list === undefined) requests.set(namespace, [request]);
      else list.push(request);
    }
  }
  // An interface that somebody removed in between needs no mark: refusals are no fault.
  await Promise.all([...requests].map(([name, list]) => namespaces.get(name)?.socket.batch(list)));
}

function madeBy({ operation }: Step): readonly { readonly namespace: string; readonly ifname: string }[] {
  if (operation.op === 'add-veth') return operation.ends;
  if (operation.op === 'add-bridge') return [operation];
  return [];
}
