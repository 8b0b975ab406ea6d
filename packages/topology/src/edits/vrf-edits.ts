import { commandEntries, withCommandsOfVrf } from '../commands/commands-of.js';
import { firstVrfTable, maximumIfnameLength, maximumTable, reservedTables } from '../model/limits.js';
import type { NodeName, VrfName } from '../model/names.js';
import type { Node, Vrf } from '../model/topology.js';
import { probeKey } from '../model/topology-access.js';
import { vrfEntries, vrfOf, withVrfs } from '../model/vrfs.js';
import { freeVariant, isIfnameTaken } from '../naming/next-name.js';
import type { Edit } from './edit.js';
import type { EditWork, Refusal } from './edit-work.js';
import { counted, isRefusal } from './node-edits.js';

type EditOf<Type extends Edit['type']> = Extract<Edit, { type: Type }>;

export function setVrf(work: EditWork, edit: EditOf<'set-vrf'>): Refusal {
  const node = work.require(edit.node, ['node']);
  if (isRefusal(node)) return node;
  const before = vrfOf(node, edit.name);
  if (before === null && isIfnameTaken(node, edit.name)) return nameTaken(work, node, edit, edit.name, 'name');
  const vrf: Vrf = {
    table: edit.table ?? before?.table ?? freeTable(node),
    interfaces: [...(edit.interfaces ?? before?.interfaces ?? [])],
    routes: (edit.routes ?? before?.routes ?? []).map((route) => ({ ...route })),
  };
  const routesBefore = work.removed.routes.length;
  const said = edit.routes === undefined ? undefined : edit.name;
  const entries = vrfEntries(node);
  const vrfs =
    before === null
      ? [...entries, [edit.name, vrf] as const]
      : entries.map(([name, one]) => [name, name === edit.name ? vrf : one] as const);
  work.changeNode(edit.node, () => work.draft.replaceNode(edit.node, withVrfs(node, vrfs)), said);
  const lost = counted(work.removed.routes.length - routesBefore, 'route');
  const what = `${before === null ? 'Added' : 'Set'} the VRF ${edit.name} of ${edit.node}`;
  work.sentences.push(lost === '' ? `${what}.` : `${what}; removed ${lost} through a gateway that is elsewhere now.`);
  return null;
}

export function renameVrf(work: EditWork, edit: EditOf<'rename-vrf'>): Refusal {
  const found = requireVrf(work, edit.node, edit.name);
  if (isRefusal(found)) return found;
  if (edit.to === edit.name) return null;
  if (isIfnameTaken(found.node, edit.to)) return nameTaken(work, found.node, edit, edit.to, 'to');
  const vrfs = vrfEntries(found.node).map(([name, vrf]) => [name === edit.name ? edit.to : name, vrf] as const);
  work.draft.replaceNode(edit.node, withCommandsOfVrf(withVrfs(found.node, vrfs), edit.name, edit.to));
  for (const probe of [...work.draft.probes.values()]) {
    if (probe.from !== edit.node || probe.vrf !== edit.name) continue;
    const renamed = { ...probe, vrf: edit.to };
    const [from, to] = [probeKey(probe), probeKey(renamed)];
    work.draft.probes.rekey((key) => (key === from ? to : key));
    work.draft.probes.set(to, renamed);
  }
  work.sentences.push(`Renamed the VRF ${edit.name} of ${edit.node} to ${edit.to}.`);
  return null;
}

export function removeVrf(work: EditWork, edit: EditOf<'remove-vrf'>): Refusal {
  const found = requireVrf(work, edit.node, edit.name);
  if (isRefusal(found)) return found;
  const { routes } = found.vrf;
  const commands = commandEntries(found.node).filter(([, { vrf }]) => vrf === edit.name);
  work.changeNode(edit.node, () => {
    const kept = vrfEntries(found.node).filter(([name]) => name !== edit.name);
    work.draft.replaceNode(edit.node, withCommandsOfVrf(withVrfs(found.node, kept), edit.name, null));
  });
  for (const route of routes) work.removed.routes.push({ node: edit.node, vrf: edit.name, route });
  const probes = [...work.draft.probes.values()].filter(({ from, vrf }) => from === edit.node && vrf === edit.name);
  for (const probe of probes) {
    work.draft.probes.delete(probeKey(probe));
    work.removed.probes.push(probeKey(probe));
  }
  const parts = [
    `the VRF ${edit.name} of ${edit.node}`,
    counted(routes.length, 'route'),
    counted(probes.length, 'probe'),
    counted(commands.length, 'command'),
  ];
  work.sentences.push(`Removed ${parts.filter((part) => part !== '').join(', ')}.`);
  return null;
}

/** The lowest table from 100 on that no VRF of the node has. */
function freeTable(node: Node): number {
  const taken = new Set(vrfEntries(node).map(([, { table }]) => table));
  for (let table = firstVrfTable; table < maximumTable; table += 1) {
    if (!taken.has(table) && !reservedTables.includes(table)) return table;
  }
  return firstVrfTable;
}

function requireVrf(
  work: EditWork,
  node: NodeName,
  name: VrfName,
): { readonly node: Node; readonly vrf: Vrf } | NonNullable<Refusal> {
  const record = work.require(node, ['node']);
  if (isRefusal(record)) return record;
  const vrf = vrfOf(record, name);
  if (vrf !== null) return { node: record, vrf };
  return work.refuse('edit.vrf-missing', ['name'], `${node} has no VRF ${name}.`);
}

function nameTaken(
  work: EditWork,
  node: Node,
  edit: { readonly node: NodeName },
  name: VrfName,
  field: string,
): Refusal {
  const free = freeVariant(name, (other) => isIfnameTaken(node, other), maximumIfnameLength);
  const what = vrfOf(node, name) === null ? 'an interface' : 'a VRF';
  const detail = `${edit.node} has ${what} ${name} already; a VRF is an interface in the kernel.`;
  return work.refuse('name.taken', [field], detail, { label: `Use ${free}`, value: free });
}
