import type { Diagnostic, DocumentPath } from '../model/diagnostic.js';
import { vlanProblem } from '../model/parse-values.js';
import type { PortVlan } from '../model/port-vlan.js';
import { diagnostic, diagnosticAt } from '../model/problem.js';
import type { NodeKind } from '../model/topology.js';

/** What is wrong with the VLANs of a port. */
export function portVlanDiagnostics(path: DocumentPath, vlan: PortVlan, kind: NodeKind): readonly Diagnostic[] {
  if (kind !== 'switch')
    return [diagnostic('vlan.not-a-port', path, `This interface belongs to a ${kind}; only a switch has ports.`)];
  if ('access' in vlan) return told([...path, 'access'], vlan.access);
  const found = vlan.trunk.flatMap((id, index) => told([...path, 'trunk', index], id));
  vlan.trunk.forEach((id, index) => {
    if (vlan.trunk.indexOf(id) !== index)
      found.push(diagnostic('vlan.repeated', [...path, 'trunk', index], `VLAN ${id} is in the list already.`));
  });
  if (vlan.native === undefined) return found;
  found.push(...told([...path, 'native'], vlan.native));
  if (vlan.trunk.includes(vlan.native)) {
    const detail = `VLAN ${vlan.native} is the native one, whose frames carry no tag; take it out of the list.`;
    found.push(diagnostic('vlan.repeated', [...path, 'native'], detail));
  }
  return found;
}

function told(path: DocumentPath, id: number): Diagnostic[] {
  const problem = vlanProblem(id);
  return problem === null ? [] : [diagnosticAt(path, problem)];
}
