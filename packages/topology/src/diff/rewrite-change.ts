import { renameInInterface, renameInNode } from '../model/interface-references.js';
import type { EndpointText, Ifname, NodeName } from '../model/names.js';
import type { Interface, Link, Probe } from '../model/topology.js';
import { linkKey, probeKey } from '../model/topology-access.js';
import type { Change, NodeRecord } from './topology-diff.js';

/** New names for old ones. `ifname` takes the old name of the node. */
export interface Renaming {
  readonly node: (name: string) => string;
  readonly ifname: (node: string, ifname: string) => string;
}

/** The same change with other names, in its key and in what it holds. */
export function rewriteChange(change: Change, to: Renaming): Change {
  switch (change.record) {
    case 'lab':
      return change;
    case 'position':
    case 'command':
      return { ...change, node: to.node(change.node) as NodeName };
    case 'node':
      return {
        ...change,
        node: to.node(change.node) as NodeName,
        before: rewriteNode(change.before, change.node, to),
        after: rewriteNode(change.after, change.node, to),
      };
    case 'interface':
      return {
        ...change,
        node: to.node(change.node) as NodeName,
        ifname: to.ifname(change.node, change.ifname) as Ifname,
        before: rewriteInterface(change.before, change.node, to),
        after: rewriteInterface(change.after, change.node, to),
      };
    case 'link': {
      const before = change.before === null ? null : rewriteLink(change.before, to);
      const after = change.after === null ? null : rewriteLink(change.after, to);
      const link = before ?? after;
      return { ...change, key: link === null ? change.key : linkKey(link), before, after };
    }
    case 'probe': {
      const before = change.before === null ? null : rewriteProbe(change.before, to);
      const after = change.after === null ? null : rewriteProbe(change.after, to);
      const probe = before ?? after;
      return { ...change, key: probe === null ? change.key : probeKey(probe), before, after };
    }
  }
}

function rewriteNode(record: NodeRecord | null, node: string, to: Renaming): NodeRecord | null {
  return record === null ? null : renameInNode(record, (ifname) => to.ifname(node, ifname) as Ifname);
}

function rewriteInterface(iface: Interface | null, node: string, to: Renaming): Interface | null {
  return iface === null ? null : renameInInterface(iface, (ifname) => to.ifname(node, ifname) as Ifname);
}

function rewriteLink(link: Link, to: Renaming): Link {
  const [a, b] = link.endpoints;
  const endpoints = [rewriteEndpoint(a, to), rewriteEndpoint(b, to)] as const;
  return endpoints[0] === a && endpoints[1] === b ? link : { ...link, endpoints };
}

function rewriteEndpoint(endpoint: EndpointText, to: Renaming): EndpointText {
  const colon = endpoint.indexOf(':');
  const node = endpoint.slice(0, colon);
  return `${to.node(node)}:${to.ifname(node, endpoint.slice(colon + 1))}`;
}

function rewriteProbe(probe: Probe, to: Renaming): Probe {
  const from = to.node(probe.from) as NodeName;
  return from === probe.from ? probe : { ...probe, from };
}
