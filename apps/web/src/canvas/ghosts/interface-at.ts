import { namespaceOf, type Observed, type ObservedInterface, ROOT_NAMESPACE } from '@vethlab/observed';
import type { GhostEnd } from '@vethlab/planner';

/** Names come from the kernel, so own properties only. */
export function interfaceAt({ namespace, ifname }: GhostEnd, observed: Observed): ObservedInterface | null {
  const interfaces = namespace === ROOT_NAMESPACE ? observed.root : namespaceOf(observed, namespace)?.interfaces;
  return interfaces !== undefined && Object.hasOwn(interfaces, ifname) ? (interfaces[ifname] ?? null) : null;
}

/** The addresses that somebody set. */
export function ownAddresses(one: ObservedInterface | null): readonly string[] {
  return (one?.addresses ?? []).flatMap(({ address, kernelMade }) => (kernelMade ? [] : [address]));
}
