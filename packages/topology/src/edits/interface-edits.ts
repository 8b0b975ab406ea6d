import { maximumIfnameLength } from '../model/limits.js';
import type { Ifname, NodeName } from '../model/names.js';
import type { Interface } from '../model/topology.js';
import { freeDeviceName, freeIfname, freeVariant, isIfnameTaken } from '../naming/next-name.js';
import type { Edit } from './edit.js';
import type { EditWork, Refusal } from './edit-work.js';
import { counted, isRefusal } from './node-edits.js';
import { withFields } from './with-fields.js';

type EditOf<Type extends Edit['type']> = Extract<Edit, { type: Type }>;

export function addInterface(work: EditWork, edit: EditOf<'add-interface'>): Refusal {
  const node = work.require(edit.node, ['node']);
  if (isRefusal(node)) return node;
  const isTaken = (name: string) => isIfnameTaken(node, name);
  const { device } = edit;
  const ifname = edit.ifname ?? (device === undefined ? freeIfname(isTaken) : freeDeviceName(device, isTaken));
  if (isTaken(ifname)) return ifnameTaken(work, edit.node, ifname, 'ifname');
  work.addInterface(edit.node, ifname, device);
  work.sentences.push(`Added ${edit.node}:${ifname}.`);
  return null;
}

export function renameInterface(work: EditWork, edit: EditOf<'rename-interface'>): Refusal {
  const found = requireInterface(work, edit.node, edit.ifname);
  if (isRefusal(found)) return found;
  if (edit.to === edit.ifname) return null;
  const node = work.draft.node(edit.node);
  if (node !== null && isIfnameTaken(node, edit.to)) return ifnameTaken(work, edit.node, edit.to, 'to');
  work.renameInterface(edit.node, edit.ifname, edit.to);
  work.sentences.push(`Renamed ${edit.node}:${edit.ifname} to ${edit.to}.`);
  return null;
}

export function setDevice(work: EditWork, edit: EditOf<'set-device'>): Refusal {
  const found = requireInterface(work, edit.node, edit.ifname);
  if (isRefusal(found)) return found;
  work.draft.setInterface(edit.node, edit.ifname, withFields(found, { device: edit.device }));
  const what = edit.device === null ? 'the end of a link' : `of kind ${edit.device.kind}`;
  work.sentences.push(`Made ${edit.node}:${edit.ifname} ${what}.`);
  return null;
}

export function setInterface(work: EditWork, edit: EditOf<'set-interface'>): Refusal {
  const found = requireInterface(work, edit.node, edit.ifname);
  if (isRefusal(found)) return found;
  const { up, mtu, mac } = edit;
  work.draft.setInterface(edit.node, edit.ifname, withFields(found, { up, mtu, mac }));
  const parts = [
    up === undefined ? '' : up ? 'up' : 'down',
    mtu === undefined ? '' : mtu === null ? 'MTU by default' : `MTU ${mtu}`,
    mac === undefined ? '' : mac === null ? 'MAC by default' : `MAC ${mac}`,
  ].filter((part) => part !== '');
  if (parts.length > 0) work.sentences.push(`Set ${edit.node}:${edit.ifname} to ${parts.join(', ')}.`);
  return null;
}

export function removeInterface(work: EditWork, edit: EditOf<'remove-interface'>): Refusal {
  const found = requireInterface(work, edit.node, edit.ifname);
  if (isRefusal(found)) return found;
  const routesBefore = work.removed.routes.length;
  const linksBefore = work.removed.links.length;
  const rulesBefore = work.removedRules;
  const interfacesBefore = work.removed.interfaces.length;
  work.removeInterface(edit.node, edit.ifname);
  const parts = [
    `${edit.node}:${edit.ifname}`,
    counted(work.removed.interfaces.length - interfacesBefore - 1, 'interface'),
    counted(work.removed.links.length - linksBefore, 'link'),
    counted(work.removed.routes.length - routesBefore, 'route'),
    counted(work.removedRules - rulesBefore, 'rule'),
  ];
  work.sentences.push(`Removed ${parts.filter((part) => part !== '').join(', ')}.`);
  return null;
}

export function setAddresses(work: EditWork, edit: EditOf<'set-addresses'>): Refusal {
  const found = requireInterface(work, edit.node, edit.ifname);
  if (isRefusal(found)) return found;
  const routesBefore = work.removed.routes.length;
  work.changeNode(edit.node, () =>
    work.draft.setInterface(edit.node, edit.ifname, { ...found, addresses: [...edit.addresses] }),
  );
  const lost = counted(work.removed.routes.length - routesBefore, 'route');
  const what =
    edit.addresses.length === 0
      ? `Cleared the addresses of ${edit.node}:${edit.ifname}`
      : `Set ${edit.node}:${edit.ifname} to ${edit.addresses.join(', ')}`;
  work.sentences.push(lost === '' ? `${what}.` : `${what}; removed ${lost} through a gateway that is gone.`);
  return null;
}

export function setRoutes(work: EditWork, edit: EditOf<'set-routes'>): Refusal {
  const node = work.require(edit.node, ['node']);
  if (isRefusal(node)) return node;
  work.draft.setRoutes(
    edit.node,
    edit.routes.map((route) => ({ ...route })),
  );
  const count = edit.routes.length;
  work.sentences.push(
    count === 0 ? `Cleared the routes of ${edit.node}.` : `Set ${counted(count, 'route')} on ${edit.node}.`,
  );
  return null;
}

/** The interface, or the refusal that says what is missing. */
export function requireInterface(work: EditWork, node: NodeName, ifname: Ifname): Interface | NonNullable<Refusal> {
  const record = work.require(node, ['node']);
  if (isRefusal(record)) return record;
  const found = work.draft.interface(node, ifname);
  if (found !== null) return found;
  return work.refuse('edit.interface-missing', ['ifname'], `${node} has no interface ${ifname}.`);
}

function ifnameTaken(work: EditWork, node: NodeName, ifname: Ifname, field: string): Refusal {
  const record = work.draft.node(node);
  const isTaken = (name: string) => record !== null && isIfnameTaken(record, name);
  const free = freeVariant(ifname, isTaken, maximumIfnameLength);
  const what = work.draft.interface(node, ifname) === null ? 'a VRF' : 'an interface';
  const detail = `${node} has ${what} ${ifname} already.`;
  return work.refuse('name.taken', [field], detail, { label: `Use ${free}`, value: free });
}
