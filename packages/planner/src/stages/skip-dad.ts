import type { Ifname, NodeName } from '@vethlab/topology';
import type { DesiredNamespace } from '../desired/desired.js';
import { familyOf } from '../desired/subnet.js';
import { wantedIn } from '../desired/wanted-in.js';
import { dependencies, type Planning } from '../planning.js';
import type { Extent } from '../scope.js';
import type { WorkingNamespace } from '../state/working-namespace.js';

/** Whether the document gives the interfaces in view an IPv6 address that can be in the kernel now. */
export function usesIpv6(desired: DesiredNamespace, extent: Extent): boolean {
  for (const { addresses } of wantedIn(desired, extent)) if (addresses.some(isIpv6)) return true;
  return false;
}

/** Adds the step and gives its id back. */
export function skipDad(
  planning: Planning,
  name: NodeName,
  needs: readonly (string | null)[],
  ifnames: readonly Ifname[] = [],
): string {
  return planning.add({
    id: `skip-dad:${name}`,
    action: 'change',
    object: `duplicate address detection in ${name}`,
    reason: `${name} uses IPv6, and its addresses shall answer at once`,
    dependsOn: dependencies(...needs),
    operation: { op: 'skip-dad', namespace: name, ifnames },
  });
}

/**
 * A namespace that was there before and gets its first IPv6 address. The setting itself is not observed: an address there
 * already tells that it was made.
 */
export function skipDadBeforeFirstAddress(
  planning: Planning,
  namespace: WorkingNamespace,
  desired: DesiredNamespace,
  extent: Extent,
): void {
  if (namespace.origin === null || !usesIpv6(desired, extent)) return;
  for (const { ifname } of desired.interfaces.values()) {
    const found = namespace.interfaces.peek(ifname);
    if (found?.addresses.some(({ address, kernelMade }) => !kernelMade && isIpv6(address))) return;
  }
  // Devices that are yet to be made take the setting for interfaces to come.
  const ifnames = Array.from(desired.interfaces.values(), ({ ifname }) => ifname).filter((ifname) =>
    namespace.interfaces.has(ifname),
  );
  const made = ifnames.map((ifname) => {
    const found = namespace.interfaces.peek(ifname);
    return found !== undefined && 'base' in found ? found.base : null;
  });
  skipDad(planning, desired.name, [namespace.base, ...made], ifnames);
}

function isIpv6(address: string): boolean {
  return familyOf(address) === 6;
}
