import { existsSync } from 'node:fs';
import { type Answer, deleteLink, inNewNamespace, newBridge, newVeth, RtnetlinkSocket } from '@vethlab/netlink';
import type { KernelFeature } from '@vethlab/protocol';

/**
 * What this kernel can do, found out by doing it once in the sandbox's root namespace; kernels differ and names of
 * modules do not tell. The probes' devices have names no lab can use, and are gone before the first namespace is made.
 */
export function probeFeatures(): KernelFeature[] {
  return probeIn(RtnetlinkSocket.open());
}

/** On a host nothing may appear in its own namespace, not even for a moment. */
export function probeFeaturesElsewhere(): KernelFeature[] {
  return probeIn(inNewNamespace(() => RtnetlinkSocket.open()));
}

function probeIn(root: RtnetlinkSocket): KernelFeature[] {
  try {
    const [veth, bridge] = root.batchSync([
      newVeth({ a: { ifname: '_probe0' }, b: { ifname: '_probe1' } }),
      newBridge({ ifname: '_probe2' }),
    ]);
    const made = root.links().filter(({ ifname }) => ifname === '_probe0' || ifname === '_probe2');
    root.batchSync(made.map(({ ifindex }) => deleteLink({ ifindex })));
    const ipv6 = existsSync('/proc/net/if_inet6');
    return [
      { name: 'veth', available: veth?.ok === true, reason: reasonOf(veth) },
      { name: 'bridge', available: bridge?.ok === true, reason: reasonOf(bridge) },
      { name: 'ipv6', available: ipv6, reason: ipv6 ? null : 'This kernel runs without IPv6 (ipv6.disable).' },
    ];
  } finally {
    root.close();
  }
}

function reasonOf(answer: Answer | undefined): string | null {
  if (answer === undefined || answer.ok) return null;
  return answer.error.message;
}
