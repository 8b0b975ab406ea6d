import type { Diagnostic, DocumentPath } from '../model/diagnostic.js';
import { maximumVrfs } from '../model/limits.js';
import { parseIfname } from '../model/parse-names.js';
import { tableProblem } from '../model/parse-values.js';
import { diagnostic, diagnosticAt } from '../model/problem.js';
import type { Node } from '../model/topology.js';
import { vrfEntries } from '../model/vrfs.js';
import { bondOf } from './check-devices.js';

/** VRFs of a node, but for their routes. */
export function vrfDiagnostics(nodePath: DocumentPath, node: Node): readonly Diagnostic[] {
  if (node.vrfs === undefined) return [];
  const path = [...nodePath, 'vrfs'];
  const vrfs = vrfEntries(node);
  if (node.kind === 'switch')
    return [diagnostic('vrf.on-switch', path, 'A switch forwards frames and routes nothing.')];
  const found: Diagnostic[] = [];
  if (vrfs.length > maximumVrfs) {
    found.push(diagnostic('limit.items', path, `There are ${vrfs.length}; at most ${maximumVrfs} fit.`));
  }
  const tables = new Map<number, string>();
  const takenBy = new Map<string, string>();
  for (const [name, { table, interfaces }] of vrfs) {
    const at = [...path, name];
    const parsed = parseIfname(name);
    if (!parsed.ok) found.push(diagnosticAt(at, parsed.problem));
    if (Object.hasOwn(node.interfaces, name)) {
      const detail = `There is an interface ${name} already, and a VRF is an interface in the kernel.`;
      found.push(diagnostic('name.taken', at, detail));
    }
    const problem = tableProblem(table);
    if (problem !== null) found.push(diagnosticAt([...at, 'table'], problem));
    const other = tables.get(table);
    if (other !== undefined) {
      found.push(diagnostic('vrf.table-repeated', [...at, 'table'], `Table ${table} is that of ${other} already.`));
    }
    tables.set(table, name);
    for (const [index, ifname] of interfaces.entries()) {
      const place = [...at, 'interfaces', index];
      const taker = takenBy.get(ifname);
      takenBy.set(ifname, name);
      const bond = bondOf(node, ifname);
      if (!Object.hasOwn(node.interfaces, ifname)) {
        found.push(diagnostic('vrf.interface-missing', place, `There is no interface ${ifname} in the node.`));
      } else if (taker !== undefined) {
        const detail = taker === name ? `${ifname} is there twice.` : `${ifname} is in ${taker} already.`;
        found.push(diagnostic('vrf.interface-taken', place, detail));
      } else if (bond !== null) {
        found.push(diagnostic('vrf.bond-member', place, `${ifname} is a member of ${bond}.`));
      }
    }
  }
  return found;
}
