import { cidrNumberOf, formatIp, ipNumberOf } from '../addressing/ip-number.js';
import { metricProblem } from '../model/parse-values.js';
import type { Problem } from '../model/problem.js';
import type { Node, Route } from '../model/topology.js';
import { usableBounds } from '../model/unusable-addresses.js';
import { connectedAddresses, contains, isLinkLocal } from './connected-subnets.js';

/** What is wrong with a route in its node, and in which field; null when the kernel would take it. */
export function routeProblem(node: Node, route: Route): (Problem & { readonly field: keyof Route | null }) | null {
  if (route.dev !== undefined && !Object.hasOwn(node.interfaces, route.dev)) {
    const names = Object.keys(node.interfaces);
    const detail = `There is no interface ${route.dev}; the node has ${names.length > 0 ? names.join(', ') : 'none'}.`;
    return { code: 'route.dev-missing', detail, field: 'dev', ...offer(names[0]) };
  }
  if (route.metric !== undefined) {
    const problem = metricProblem(route.metric);
    if (problem !== null) return { ...problem, field: 'metric' };
  }
  if (route.via === undefined) {
    if (route.to === 'default') {
      const detail = 'Without "via" nobody knows whether this is the default route of IPv4 or IPv6.';
      return { code: 'route.default-gateway', detail, field: null };
    }
    if (route.dev !== undefined) return null;
    return { code: 'route.incomplete', detail: `The route to ${route.to} has neither "via" nor "dev".`, field: null };
  }
  return gatewayProblem(node, route, route.via);
}

function gatewayProblem(node: Node, route: Route, via: string): (Problem & { readonly field: keyof Route }) | null {
  const gateway = ipNumberOf(via);
  if (route.to !== 'default' && cidrNumberOf(route.to).family !== gateway.family) {
    const detail = `${route.to} and ${via} are of different families.`;
    return { code: 'route.family', detail, field: 'via' };
  }
  const addresses = connectedAddresses(node);
  if (addresses.some(({ address }) => address.family === gateway.family && address.value === gateway.value)) {
    const detail = `${via} is an address of this node: packets would never leave it.`;
    return { code: 'route.gateway-own', detail, field: 'via' };
  }
  if (isLinkLocal(gateway)) {
    if (route.dev !== undefined) return null;
    const detail = `${via} is on every link; name the interface with "dev".`;
    return { code: 'address.link-local', detail, field: 'via' };
  }
  const reachable = addresses.filter(
    ({ ifname, address }) => address.family === gateway.family && (route.dev === undefined || route.dev === ifname),
  );
  if (reachable.some(({ address }) => contains(address, gateway))) return null;
  const subnets = [...new Set(reachable.map(({ address }) => address.subnet))];
  const known =
    subnets.length > 0
      ? `the node reaches ${subnets.slice(0, 8).join(', ')}${subnets.length > 8 ? ' and others' : ''}`
      : `the node has no IPv${gateway.family} address${route.dev === undefined ? '' : ` on ${route.dev}`}`;
  const detail = `${via} is on no subnet of this node: ${known}.`;
  return { code: 'route.gateway-unreachable', detail, field: 'via', ...offer(neighbourIn(reachable[0]?.address)) };
}

/** An address of the subnet that is not the node's own: the last usable one, where gateways usually are. */
function neighbourIn(
  address: ReturnType<typeof connectedAddresses>[number]['address'] | undefined,
): string | undefined {
  if (address === undefined) return undefined;
  const { first, last } = usableBounds(address);
  const end = address.family === 4 ? last : first;
  const candidates = [end, first, last, end - 1n, first + 1n];
  const found = candidates.find((value) => value >= first && value <= last && value !== address.value);
  return found === undefined ? undefined : formatIp(address.family, found);
}

function offer(value: string | undefined): Pick<Problem, 'fix'> | Record<string, never> {
  return value === undefined ? {} : { fix: { label: `Use ${value}`, value } };
}
