import type { Observed } from '@vethlab/observed';

/** What two labs must share to be the same: everything but identities that the kernel chooses, and what follows from its random MACs. */
export function sameKernel({ namespaces }: Observed): unknown {
  return sorted(namespaces).map(([name, { forwarding, interfaces, routes }]) => ({
    name,
    forwarding,
    routes,
    interfaces: sorted(interfaces).map(([, { ifindex: _, mac: __, addresses, ...rest }]) => ({
      ...rest,
      addresses: addresses.filter(({ kernelMade }) => !kernelMade).map(({ address }) => address),
    })),
  }));
}

function sorted<Value>(record: Readonly<Record<string, Value>>): readonly (readonly [string, Value])[] {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
}
