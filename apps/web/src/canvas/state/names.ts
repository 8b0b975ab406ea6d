import type { EndpointText, Ifname, LinkKey, NodeName, ProbeKey } from '@vethlab/topology';

// Keys of the document and ids that the canvas made from them: they passed the strict parsers when the document was
// made, and only the type was lost on the way through Object.entries and React Flow.

export const asNodeName = (key: string): NodeName => key as NodeName;
export const asIfname = (key: string): Ifname => key as Ifname;
export const asEndpoint = (id: string): EndpointText => id as EndpointText;
export const asLinkKey = (id: string): LinkKey => id as LinkKey;
export const asProbeKey = (id: string): ProbeKey => id as ProbeKey;

/** `h1:eth0` → `['h1', 'eth0']`. Neither part holds a colon. */
export function endpointParts(endpoint: string): readonly [NodeName, Ifname] {
  const colon = endpoint.indexOf(':');
  return [asNodeName(endpoint.slice(0, colon)), asIfname(endpoint.slice(colon + 1))];
}
