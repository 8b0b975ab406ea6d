import type { Diagnostic, DocumentPath } from '../model/diagnostic.js';
import { type FirewallChainName, type FirewallRule, firewallChainNames, type Nat } from '../model/firewall.js';
import { maximumNatEntries, maximumRules } from '../model/limits.js';
import { parseIpAddress, parseNetwork } from '../model/parse-addresses.js';
import { portProblem } from '../model/parse-values.js';
import { diagnostic, diagnosticAt, type Parsed } from '../model/problem.js';
import type { Node } from '../model/topology.js';

/** Firewall and NAT of one node: every rule is one that the kernel can hold, and names what the node has. */
export function firewallDiagnostics(nodePath: DocumentPath, node: Node): readonly Diagnostic[] {
  if (node.firewall === undefined && node.nat === undefined) return [];
  if (node.kind === 'switch') {
    const field = node.firewall === undefined ? 'nat' : 'firewall';
    const detail = 'A switch forwards frames by MAC address and looks at no packet.';
    return [diagnostic('firewall.on-switch', [...nodePath, field], detail)];
  }
  const found: Diagnostic[] = [];
  if (node.firewall !== undefined) {
    for (const name of firewallChainNames) {
      const { rules } = node.firewall[name];
      const path = [...nodePath, 'firewall', name, 'rules'];
      if (rules.length > maximumRules) found.push(tooMany(path, rules.length, maximumRules));
      for (const [index, rule] of rules.entries()) found.push(...ruleDiagnostics([...path, index], name, rule, node));
    }
  }
  if (node.nat !== undefined) found.push(...natDiagnostics([...nodePath, 'nat'], node.nat, node));
  return found;
}

/** What is wrong with one rule of a chain, at its fields. The form asks for one rule at a time. */
export function ruleDiagnostics(
  path: DocumentPath,
  chain: FirewallChainName,
  rule: FirewallRule,
  node: Pick<Node, 'interfaces'>,
): readonly Diagnostic[] {
  const found = [
    ...interfaceDiagnostics([...path, 'in'], rule.in, node),
    ...interfaceDiagnostics([...path, 'out'], rule.out, node),
    ...networkDiagnostics([...path, 'from'], rule.from),
    ...networkDiagnostics([...path, 'to'], rule.to),
  ];
  if (chain === 'input' && rule.out !== undefined) {
    const detail = 'A packet for this node itself leaves by no interface; match the one it came in by.';
    found.push(diagnostic('firewall.interface-side', [...path, 'out'], detail));
  }
  if (chain === 'output' && rule.in !== undefined) {
    const detail = 'A packet that this node sends came in by no interface; match the one it leaves by.';
    found.push(diagnostic('firewall.interface-side', [...path, 'in'], detail));
  }
  if (rule.port !== undefined) {
    const problem = portProblem(rule.port);
    if (problem !== null) found.push(diagnosticAt([...path, 'port'], problem));
    if (rule.protocol !== 'tcp' && rule.protocol !== 'udp') {
      const detail = `Port ${rule.port} needs the protocol tcp or udp${rule.protocol === undefined ? '' : `; this is ${rule.protocol}`}.`;
      found.push(diagnostic('firewall.port-protocol', [...path, 'port'], detail));
    }
  }
  if (rule.state?.length === 0) {
    found.push(diagnostic('firewall.state', [...path, 'state'], 'The list of states is empty.'));
  }
  found.push(...mixedFamilies(path, rule));
  return found;
}

function natDiagnostics(path: DocumentPath, nat: Nat, node: Node): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const field of ['masquerade', 'source', 'forwards'] as const) {
    const count = nat[field].length;
    if (count > maximumNatEntries) found.push(tooMany([...path, field], count, maximumNatEntries));
  }
  for (const [index, entry] of nat.masquerade.entries()) {
    const at = [...path, 'masquerade', index];
    found.push(
      ...interfaceDiagnostics([...at, 'out'], entry.out, node),
      ...networkDiagnostics([...at, 'from'], entry.from),
    );
    found.push(...mixedFamilies(at, entry));
  }
  for (const [index, entry] of nat.source.entries()) {
    const at = [...path, 'source', index];
    found.push(
      ...interfaceDiagnostics([...at, 'out'], entry.out, node),
      ...networkDiagnostics([...at, 'from'], entry.from),
    );
    found.push(...addressDiagnostics([...at, 'to'], entry.to), ...mixedFamilies(at, entry));
  }
  const taken = new Set<string>();
  for (const [index, entry] of nat.forwards.entries()) {
    const at = [...path, 'forwards', index];
    found.push(...interfaceDiagnostics([...at, 'in'], entry.in, node), ...addressDiagnostics([...at, 'to'], entry.to));
    for (const field of ['port', 'toPort'] as const) {
      const value = entry[field];
      const problem = value === undefined ? null : portProblem(value);
      if (problem !== null) found.push(diagnosticAt([...at, field], problem));
    }
    const key = `${entry.in ?? ''} ${entry.protocol} ${entry.port} ${familyOf(entry.to)}`;
    if (taken.has(key)) {
      const where = entry.in === undefined ? '' : ` at ${entry.in}`;
      const detail = `${entry.protocol} port ${entry.port}${where} is forwarded already; the kernel would use the first only.`;
      found.push(diagnostic('nat.forward-repeated', [...at, 'port'], detail));
    }
    taken.add(key);
  }
  return found;
}

function mixedFamilies(
  path: DocumentPath,
  rule: { readonly [field in 'family' | 'protocol' | 'from' | 'to']?: string },
): readonly Diagnostic[] {
  const families = new Map<string, string>();
  for (const field of ['family', 'from', 'to', 'protocol'] as const) {
    const value = rule[field];
    const family = value === undefined ? null : familyOf(value);
    if (value === undefined || family === null) continue;
    const other = [...families].find(([, known]) => known !== family);
    if (other !== undefined) {
      const detail = `${value} is of ${nameOf(family)}, and "${other[0]}" of ${nameOf(other[1])}: no packet is both.`;
      return [diagnostic('firewall.family', [...path, field], detail)];
    }
    families.set(field, family);
  }
  return [];
}

/** Of an address, a network, a protocol or a family itself; null for what both have. */
function familyOf(value: string): 'ipv4' | 'ipv6' | null {
  if (value === 'tcp' || value === 'udp') return null;
  if (value === 'ipv4' || value === 'icmp') return 'ipv4';
  if (value === 'ipv6' || value === 'icmpv6') return 'ipv6';
  return value.includes(':') ? 'ipv6' : 'ipv4';
}

function nameOf(family: string): string {
  return family === 'ipv4' ? 'IPv4' : 'IPv6';
}

function interfaceDiagnostics(
  path: DocumentPath,
  ifname: string | undefined,
  node: Pick<Node, 'interfaces'>,
): readonly Diagnostic[] {
  if (ifname === undefined || ifname === 'lo' || Object.hasOwn(node.interfaces, ifname)) return [];
  const names = Object.keys(node.interfaces);
  const detail = `There is no interface ${ifname}; the node has ${names.length > 0 ? names.slice(0, 8).join(', ') : 'none'}.`;
  const [first] = names;
  const fix = first === undefined ? undefined : { label: `Use ${first}`, value: first };
  return [diagnostic('firewall.interface-missing', path, detail, fix)];
}

function networkDiagnostics(path: DocumentPath, text: string | undefined): readonly Diagnostic[] {
  return text === undefined ? [] : told(path, parseNetwork(text), text);
}

function addressDiagnostics(path: DocumentPath, text: string): readonly Diagnostic[] {
  return told(path, parseIpAddress(text), text);
}

/** In a document every address is in its canonical form. */
function told(path: DocumentPath, parsed: Parsed<string>, text: string): readonly Diagnostic[] {
  if (!parsed.ok) return [diagnosticAt(path, parsed.problem)];
  if (parsed.value === text) return [];
  const fix = { label: `Use ${parsed.value}`, value: parsed.value };
  return [diagnostic('address.syntax', path, `${text} is written ${parsed.value} in a document.`, fix)];
}

function tooMany(path: DocumentPath, count: number, limit: number): Diagnostic {
  return diagnostic('limit.items', path, `There are ${count}; at most ${limit} fit.`);
}
