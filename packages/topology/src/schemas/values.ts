import type { DiagnosticCode } from '../model/diagnostic-codes.js';
import {
  maximumCommandNameLength,
  maximumCoordinate,
  maximumIfnameLength,
  maximumIntervalMs,
  maximumMetric,
  maximumMtu,
  maximumNodeNameLength,
  maximumPort,
  maximumTable,
  maximumTextLength,
  minimumIntervalMs,
  minimumMtu,
} from '../model/limits.js';
import type { EndpointText } from '../model/names.js';
import { parseCidr, parseDestination, parseIpAddress, parseNetwork } from '../model/parse-addresses.js';
import { parseCommandName, parseIfname, parseNodeName, parseRuleIfname, parseText } from '../model/parse-names.js';
import { parseOutsideSubnet } from '../model/parse-outside.js';
import {
  coordinateProblem,
  intervalProblem,
  metricProblem,
  mtuProblem,
  parseMac,
  portProblem,
  rangeProblem,
  tableProblem,
} from '../model/parse-values.js';
import { type Parsed, type Problem, quoted, refused } from '../model/problem.js';
import type { LinkKey, ProbeKey } from '../model/topology.js';
import { checkedNumber, parsedText, z } from './strict-zod.js';

const namePattern = '^[A-Za-z0-9][A-Za-z0-9_.-]*$';

export const nodeKindSchema = z.enum(['host', 'router', 'switch', 'internet']).meta({
  description:
    'host: a namespace; router: a namespace that forwards; switch: a namespace with the bridge br0; internet: a namespace that forwards and has a way out of the lab.',
});

export const nodeNameSchema = parsedText(parseNodeName, {
  description: 'Name of the node and of its network namespace.',
  pattern: namePattern,
  maxLength: maximumNodeNameLength,
  examples: ['ns1'],
});

export const vrfNameSchema = parsedText(parseIfname, {
  description: 'Name of the VRF in its node; its interface in the kernel is called so.',
  pattern: namePattern,
  maxLength: maximumIfnameLength,
  examples: ['red'],
});

export const ifnameSchema = parsedText(parseIfname, {
  description: 'Name of the interface in its namespace.',
  pattern: namePattern,
  maxLength: maximumIfnameLength,
  examples: ['eth0'],
});

export const commandNameSchema = parsedText(parseCommandName, {
  description: 'Name of the command in its node.',
  pattern: namePattern,
  maxLength: maximumCommandNameLength,
  examples: ['web'],
});

export const cidrSchema = parsedText(parseCidr, {
  description: 'Address with prefix length.',
  examples: ['192.168.1.1/24', '2001:db8::1/64'],
});

export const ipAddressSchema = parsedText(parseIpAddress, {
  description: 'Address without prefix length.',
  examples: ['192.168.1.254', '2001:db8::1'],
});

export const destinationSchema = parsedText(parseDestination, {
  description: '"default", or a network.',
  examples: ['default', '10.1.0.0/16'],
});

export const networkSchema = parsedText(parseNetwork, {
  description: 'An address, or a network.',
  examples: ['10.1.0.0/24', '10.1.0.2', '2001:db8::/64'],
});

export const ruleIfnameSchema = parsedText(parseRuleIfname, {
  description: 'An interface of the node, or lo.',
  pattern: namePattern,
  maxLength: maximumIfnameLength,
  examples: ['eth0'],
});

export const portSchema = checkedNumber(numberParser(portProblem), {
  description: 'A port of TCP or UDP.',
  type: 'integer',
  minimum: 1,
  maximum: maximumPort,
});

export const macSchema = parsedText(parseMac, {
  description: 'Link-layer address, never a group address.',
  pattern: '^[0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2}){5}$',
  examples: ['02:00:00:00:00:01'],
});

export const textSchema = parsedText(parseText, {
  description: 'Free text for people.',
  minLength: 1,
  maxLength: maximumTextLength,
});

export const endpointSchema = parsedText(parseEndpoint, {
  description: 'One end of a link: node:interface.',
  pattern: '^[A-Za-z0-9][A-Za-z0-9_.-]{0,31}:[A-Za-z0-9][A-Za-z0-9_.-]{0,14}$',
  examples: ['ns1:eth0'],
});

export const linkKeySchema = parsedText(parseLinkKey, {
  description: 'Endpoints of the link in file order: a:eth0--b:eth0.',
  examples: ['a:eth0--b:eth0'],
});

export const probeKeySchema = parsedText(parseProbeKey, {
  description: 'Node, VRF if there is one, and target of the probe: ns1>192.168.2.1, r1%red>10.0.0.1.',
  examples: ['ns1>192.168.2.1', 'r1%red>10.0.0.1'],
});

export const mtuSchema = checkedNumber(numberParser(mtuProblem), {
  description: 'Largest packet in bytes.',
  type: 'integer',
  minimum: minimumMtu,
  maximum: maximumMtu,
});

export const outsideSubnetSchema = parsedText(parseOutsideSubnet, {
  description: 'IPv4 network between an internet node and its way out.',
  examples: ['198.18.0.0/24'],
});

export const metricSchema = checkedNumber(numberParser(metricProblem), {
  description: 'Of two routes to the same destination, the one with the lower metric is used.',
  type: 'integer',
  minimum: 0,
  maximum: maximumMetric,
});

export const intervalMsSchema = checkedNumber(numberParser(intervalProblem), {
  description: 'Milliseconds from one ping to the next.',
  type: 'integer',
  minimum: minimumIntervalMs,
  maximum: maximumIntervalMs,
});

export const coordinateSchema = checkedNumber(numberParser(coordinateProblem), {
  description: 'Pixels on the canvas at zoom 1.',
  type: 'number',
  minimum: -maximumCoordinate,
  maximum: maximumCoordinate,
});

/** A whole number of a range, refused with a code of its own. */
export function rangedNumber(code: DiagnosticCode, lowest: number, highest: number, description: string) {
  return checkedNumber(
    numberParser((value) => rangeProblem(code, value, lowest, highest)),
    { description, type: 'integer', minimum: lowest, maximum: highest },
  );
}

export const tableSchema = checkedNumber(numberParser(tableProblem), {
  description: 'Number of the routing table; not 253, 254 or 255, which the kernel uses itself.',
  type: 'integer',
  minimum: 1,
  maximum: maximumTable,
});

/** A check of a number as a parser. */
export function numberParser(problemOf: (value: number) => Problem | null): (value: number) => Parsed<number> {
  return (value) => {
    const problem = problemOf(value);
    return problem === null ? { ok: true, value: value === 0 ? 0 : value } : { ok: false, problem };
  };
}

/** `node:interface`; the problem names the part that is wrong. */
export function parseEndpoint(text: string): Parsed<EndpointText> {
  const colon = text.indexOf(':');
  if (colon < 0) {
    const node = parseNodeName(text);
    const offer = `${node.ok ? text : (node.problem.fix?.value ?? 'n1')}:eth0`;
    return refused('link.endpoint-syntax', `${quoted(text)} has no colon: write node:interface.`, offer);
  }
  const node = parseNodeName(text.slice(0, colon));
  const ifname = parseIfname(text.slice(colon + 1));
  if (node.ok && ifname.ok) return { ok: true, value: `${node.value}:${ifname.value}` };
  const offer = `${node.ok ? node.value : (node.problem.fix?.value ?? 'n1')}:${ifname.ok ? ifname.value : (ifname.problem.fix?.value ?? 'eth0')}`;
  const problem = node.ok ? (ifname.ok ? null : ifname.problem) : node.problem;
  return refused(problem?.code ?? 'link.endpoint-syntax', problem?.detail ?? '', offer);
}

function parseLinkKey(text: string): Parsed<LinkKey> {
  // Names may contain "--", so every place where the text could be cut in two is tried.
  for (let cut = text.indexOf('--'); cut >= 0; cut = text.indexOf('--', cut + 1)) {
    const from = parseEndpoint(text.slice(0, cut));
    const to = parseEndpoint(text.slice(cut + 2));
    if (from.ok && to.ok) return { ok: true, value: `${from.value}--${to.value}` };
  }
  return refused('edit.link-missing', `${quoted(text)} is not the key of a link, such as a:eth0--b:eth0.`);
}

function parseProbeKey(text: string): Parsed<ProbeKey> {
  const sign = text.indexOf('>');
  const [node = '', vrf] = text.slice(0, Math.max(sign, 0)).split('%');
  const from = parseNodeName(node);
  const inside = vrf === undefined ? null : parseIfname(vrf);
  const to = parseIpAddress(text.slice(sign + 1));
  if (from.ok && to.ok && inside?.ok !== false) return { ok: true, value: text as ProbeKey };
  return refused('edit.probe-missing', `${quoted(text)} is not the key of a probe, such as ns1>192.168.2.1.`);
}
