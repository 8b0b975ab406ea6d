import { maximumNodeNameLength } from '../model/limits.js';
import type { NodeName } from '../model/names.js';
import { probeKey } from '../model/topology-access.js';
import { freeVariant } from '../naming/next-name.js';
import type { Edit } from './edit.js';
import type { EditWork, Refusal } from './edit-work.js';
import { withFields } from './with-fields.js';

type EditOf<Type extends Edit['type']> = Extract<Edit, { type: Type }>;

export function setLabName(work: EditWork, edit: EditOf<'set-lab-name'>): Refusal {
  work.draft.name = edit.name;
  work.sentences.push(`Renamed the lab to ${edit.name}.`);
  return null;
}

export function addNode(work: EditWork, edit: EditOf<'add-node'>): Refusal {
  const isTaken = (name: string) => work.draft.node(name) !== null;
  const name = edit.name ?? work.freeNodeName(edit.kind);
  if (isTaken(name)) return nameTaken(work, name, 'name');
  const label = edit.label === undefined ? {} : { label: edit.label };
  work.addNode(name, { kind: edit.kind, ...label, interfaces: {}, routes: [] });
  if (edit.position !== undefined) work.draft.positions.set(name, { ...edit.position });
  work.sentences.push(`Added ${name}.`);
  return null;
}

export function renameNode(work: EditWork, edit: EditOf<'rename-node'>): Refusal {
  const node = work.require(edit.node, ['node']);
  if (isRefusal(node)) return node;
  if (edit.to === edit.node) return null;
  if (work.draft.node(edit.to) !== null) return nameTaken(work, edit.to, 'to');
  work.renameNode(edit.node, edit.to);
  work.sentences.push(`Renamed ${edit.node} to ${edit.to}.`);
  return null;
}

export function setNode(work: EditWork, edit: EditOf<'set-node'>): Refusal {
  const node = work.require(edit.node, ['node']);
  if (isRefusal(node)) return node;
  work.draft.replaceNode(edit.node, withFields(node, { label: edit.label }));
  work.sentences.push(edit.label === null ? `Removed the label of ${edit.node}.` : `Labelled ${edit.node}.`);
  return null;
}

export function moveNodes(work: EditWork, edit: EditOf<'move-nodes'>): Refusal {
  const moved = Object.entries(edit.positions);
  for (const [name] of moved) {
    const node = work.require(name, ['positions', name]);
    if (isRefusal(node)) return node;
  }
  for (const [name, { x, y }] of moved) work.draft.positions.set(name, { x, y });
  work.sentences.push(moved.length === 1 ? `Moved ${moved[0]?.[0]}.` : `Moved ${moved.length} nodes.`);
  return null;
}

/** Takes along the links of the nodes, the probes from them, and the probes to addresses that nobody else has. */
export function removeNodes(work: EditWork, edit: EditOf<'remove-nodes'>): Refusal {
  const { draft } = work;
  const names = [...new Set(edit.nodes)];
  for (const name of names) {
    const node = work.require(name, ['nodes', edit.nodes.indexOf(name)]);
    if (isRefusal(node)) return node;
  }
  const linksBefore = work.removed.links.length;
  const probesBefore = work.removed.probes.length;
  const commands = names.reduce((sum, name) => sum + Object.keys(draft.node(name)?.commands ?? {}).length, 0);
  for (const name of names) {
    for (const ifname of Object.keys(draft.node(name)?.interfaces ?? {})) {
      const link = draft.linkAt(`${name}:${ifname}`);
      if (link !== null) work.removeLink(link);
    }
  }
  removeProbesOf(work, new Set<string>(names));
  for (const name of names) work.removeNode(name);
  const parts = [
    names.length === 1 ? `${names[0]}` : `${names.length} nodes`,
    counted(work.removed.links.length - linksBefore, 'link'),
    counted(work.removed.probes.length - probesBefore, 'probe'),
    counted(commands, 'command'),
  ];
  work.sentences.push(`Removed ${parts.filter((part) => part !== '').join(', ')}.`);
  return null;
}

function removeProbesOf(work: EditWork, leaving: ReadonlySet<string>): void {
  const { draft } = work;
  const probes = [...draft.probes.values()];
  if (probes.length === 0) return;
  const gone = new Set<string>();
  for (const name of leaving) for (const address of addressesIn(work, name)) gone.add(address);
  for (const name of draft.nodes.keys()) {
    if (!leaving.has(name)) for (const address of addressesIn(work, name)) gone.delete(address);
  }
  for (const probe of probes) {
    if (!leaving.has(probe.from) && !gone.has(probe.to)) continue;
    draft.probes.delete(probeKey(probe));
    work.removed.probes.push(probeKey(probe));
  }
}

function addressesIn(work: EditWork, name: string): readonly string[] {
  return Object.values(work.draft.node(name)?.interfaces ?? {}).flatMap(({ addresses }) =>
    addresses.map((address) => address.slice(0, address.indexOf('/'))),
  );
}

function nameTaken(work: EditWork, name: NodeName, field: string): Refusal {
  const free = freeVariant(name, (other) => work.draft.node(other) !== null, maximumNodeNameLength);
  return work.refuse('name.taken', [field], `There is a node ${name} already.`, { label: `Use ${free}`, value: free });
}

/** `2 links`, `1 link`, or nothing. */
export function counted(count: number, noun: string): string {
  return count === 0 ? '' : `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** Tells a refusal from a record. */
export function isRefusal<Value extends object>(value: Value | NonNullable<Refusal>): value is NonNullable<Refusal> {
  return Array.isArray(value);
}
