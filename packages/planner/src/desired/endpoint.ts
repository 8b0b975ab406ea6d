import type { Ifname, NodeName } from '@vethlab/topology';

/** `node:interface` taken apart. Names contain no colon (their parsers refuse it). */
export function partsOf(endpoint: string): { namespace: NodeName; ifname: Ifname } {
  const colon = endpoint.indexOf(':');
  return { namespace: endpoint.slice(0, colon) as NodeName, ifname: endpoint.slice(colon + 1) as Ifname };
}
