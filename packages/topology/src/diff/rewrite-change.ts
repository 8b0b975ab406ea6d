import type { EndpointText, Ifname, NodeName } from '../model/names.js';
import { withRenamedRules } from '../model/rule-references.js';
import type { Link, Probe, Route } from '../model/topology.js';
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
        before: rewriteRecord(change.before, change.node, to),
        after: rewriteRecord(change.after, change.node, to),
      };
    case 'interface':
      return {
        ...change,
        node: to.node(change.node) as NodeName,
        ifname: to.ifname(change.node, change.ifname) as Ifname,
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

function rewriteRecord(record: NodeRecord | null, node: string, to: Renaming): NodeRecord | null {
  const routed = rewriteRoutes(record, node, to);
  return routed === null
    ? null
    : withRenamedRules(routed, (ifname) => (ifname === 'lo' ? ifname : to.ifname(node, ifname)));
}

function rewriteRoutes(record: NodeRecord | null, node: string, to: Renaming): NodeRecord | null {
  if (record === null || !record.routes.some((route) => route.dev !== undefined)) return record;
  const routes = record.routes.map((route): Route => {
    return route.dev === undefined ? route : { ...route, dev: to.ifname(node, route.dev) as Ifname };
  });
  return { ...record, routes };
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
