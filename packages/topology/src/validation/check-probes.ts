import { ipNumberOf } from '../addressing/ip-number.js';
import type { Diagnostic } from '../model/diagnostic.js';
import { parseIpAddress } from '../model/parse-addresses.js';
import { intervalProblem } from '../model/parse-values.js';
import { diagnostic, diagnosticAt } from '../model/problem.js';
import type { Topology } from '../model/topology.js';
import { nodeOf, probeKey } from '../model/topology-access.js';
import { vrfOf, vrfsOf } from '../model/vrfs.js';
import { isLinkLocal } from './connected-subnets.js';

/** Probes: they start at a node that can ping, go to an address that can answer, and are there once. */
export function checkProbes(topology: Topology): readonly Diagnostic[] {
  if (topology.probes.length === 0) return [];
  const known = allAddresses(topology);
  const seen = new Set<string>();
  const found: Diagnostic[] = [];
  for (const [index, probe] of topology.probes.entries()) {
    const path = ['probes', index];
    const source = nodeOf(topology, probe.from);
    const kind = source?.kind;
    if (kind === undefined) {
      found.push(diagnostic('probe.node-missing', [...path, 'from'], `There is no node ${probe.from}.`));
    } else if (kind === 'switch') {
      found.push(diagnostic('probe.from-switch', [...path, 'from'], `${probe.from} is a switch.`));
    }
    if (source !== null && probe.vrf !== undefined && vrfOf(source, probe.vrf) === null) {
      const names = Object.keys(vrfsOf(source));
      const detail = `${probe.from} has no VRF ${probe.vrf}; it has ${names.length > 0 ? names.join(', ') : 'none'}.`;
      found.push(diagnostic('probe.vrf-missing', [...path, 'vrf'], detail));
    }
    const target = parseIpAddress(probe.to);
    if (!target.ok) {
      found.push(diagnosticAt([...path, 'to'], target.problem));
    } else if (isLinkLocal(ipNumberOf(target.value))) {
      const detail = `${probe.to} is on every link; a probe cannot name one.`;
      found.push(diagnostic('address.link-local', [...path, 'to'], detail));
    } else if (!known.has(probe.to) && probe.expect !== 'none') {
      const detail = `No interface of this lab has ${probe.to}, so ${probe.from} will get no answer.`;
      found.push(diagnostic('probe.no-such-address', [...path, 'to'], detail));
    }
    const interval = intervalProblem(probe.intervalMs);
    if (interval !== null) found.push(diagnosticAt([...path, 'intervalMs'], interval));
    const key = probeKey(probe);
    if (seen.has(key)) {
      found.push(diagnostic('probe.repeated', path, `There is another probe from ${probe.from} to ${probe.to}.`));
    }
    seen.add(key);
  }
  return found;
}

/** Every address of the lab, without prefix lengths. */
export function allAddresses(topology: Topology): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { interfaces } of Object.values(topology.nodes)) {
    for (const { addresses } of Object.values(interfaces)) {
      for (const address of addresses) found.add(address.slice(0, address.indexOf('/')));
    }
  }
  return found;
}
