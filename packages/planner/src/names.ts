import { ROOT_NAMESPACE } from '@vethlab/observed';
import type { NodeName } from '@vethlab/topology';

/** The alphabet of NodeName (packages/topology, interfaces.md). */
const NODE_NAME = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,31}$/;

/**
 * Names from the kernel can be any text. Operations carry only names that the parsers of documents would accept: a
 * namespace with another name is shown, and never touched.
 */
export function isNodeName(text: string): text is NodeName {
  return NODE_NAME.test(text);
}

/**
 * Devices that tunnel modules put into every new namespace by themselves (`fb_tunnels_only_for_init_net`). They cannot be
 * removed, so they are never drift.
 */
const FALLBACK_DEVICES: ReadonlySet<string> = new Set([
  'lo',
  'tunl0',
  'gre0',
  'gretap0',
  'erspan0',
  'ip_vti0',
  'ip6_vti0',
  'sit0',
  'ip6tnl0',
  'ip6gre0',
  'ip6gretap0',
]);

export function isKernelsOwnDevice(ifname: string): boolean {
  return FALLBACK_DEVICES.has(ifname);
}

/** `ns1:eth0`, or `eth0 in the root namespace`. */
export function endText(end: { readonly namespace: string; readonly ifname: string }): string {
  return end.namespace === ROOT_NAMESPACE ? `${end.ifname} in the root namespace` : `${end.namespace}:${end.ifname}`;
}

/** `a`, `a and b`, `a, b and 3 more`: a list that stays a sentence. */
export function listOf(names: readonly string[]): string {
  const shown = names.slice(0, 4);
  const more = names.length - shown.length;
  if (more > 0) return `${shown.join(', ')} and ${more} more`;
  const last = shown.pop();
  return shown.length === 0 ? (last ?? '') : `${shown.join(', ')} and ${last}`;
}
