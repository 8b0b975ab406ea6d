import { defaultIntervalMs } from '../model/limits.js';
import type { EndpointText, Ifname } from '../model/names.js';
import type { Link, Probe } from '../model/topology.js';
import { linkKey, probeKey, splitEndpoint } from '../model/topology-access.js';
import { vrfOf } from '../model/vrfs.js';
import { freeIfname, isIfnameTaken } from '../naming/next-name.js';
import type { ConnectEnd, Edit } from './edit.js';
import type { EditWork, Refusal } from './edit-work.js';
import { counted, isRefusal } from './node-edits.js';
import { withFields } from './with-fields.js';

type EditOf<Type extends Edit['type']> = Extract<Edit, { type: Type }>;

export function connect(work: EditWork, edit: EditOf<'connect'>): Refusal {
  const from = prepareEnd(work, edit.from, 'from', null);
  if (typeof from !== 'string') return from;
  const to = prepareEnd(work, edit.to, 'to', from);
  if (typeof to !== 'string') return to;
  const link: Link = { endpoints: [from, to], up: true };
  work.draft.addLink(link);
  work.created.links.push(linkKey(link));
  work.sentences.push(`Connected ${from} and ${to}.`);
  return null;
}

/** Makes sure that the interface is there and free, and gives it its addresses. */
function prepareEnd(
  work: EditWork,
  end: ConnectEnd,
  field: 'from' | 'to',
  other: EndpointText | null,
): EndpointText | NonNullable<Refusal> {
  const node = work.require(end.node, [field, 'node']);
  if (isRefusal(node)) return node;
  const ifname: Ifname = end.ifname ?? freeIfname((name) => isIfnameTaken(node, name));
  const endpoint: EndpointText = `${end.node}:${ifname}`;
  if (endpoint === other) {
    return work.refuse('link.self', [field, 'ifname'], `Both ends are ${endpoint}; a veth pair has two interfaces.`);
  }
  const link = work.draft.linkAt(endpoint);
  if (link !== null) {
    const free = freeIfname((name) => isIfnameTaken(node, name));
    const detail = `${endpoint} is used by the link between ${link.endpoints.join(' and ')}.`;
    return work.refuse('link.interface-taken', [field, 'ifname'], detail, { label: `Use ${free}`, value: free });
  }
  const device = work.draft.interface(end.node, ifname)?.device;
  if (device !== undefined) {
    const free = freeIfname((name) => isIfnameTaken(node, name));
    const detail = `${endpoint} is a ${device.kind} interface; a link ends at a veth.`;
    return work.refuse('device.wired', [field, 'ifname'], detail, { label: `Use ${free}`, value: free });
  }
  if (!Object.hasOwn(node.interfaces, ifname)) work.addInterface(end.node, ifname);
  const iface = work.draft.interface(end.node, ifname);
  const added = end.addresses?.filter((address) => !iface?.addresses.includes(address)) ?? [];
  if (iface !== null && added.length > 0) {
    work.draft.setInterface(end.node, ifname, { ...iface, addresses: [...iface.addresses, ...added] });
  }
  return endpoint;
}

export function disconnect(work: EditWork, edit: EditOf<'disconnect'>): Refusal {
  const link = work.draft.links.get(edit.link);
  if (link === null) return linkMissing(work, edit.link);
  const routesBefore = work.removed.routes.length;
  const rulesBefore = work.removedRules;
  work.removeLink(link);
  if (edit.removeInterfaces === true) {
    for (const endpoint of link.endpoints) {
      const ends = splitEndpoint(endpoint);
      if (ends !== null) work.removeInterface(ends.node, ends.ifname);
    }
  }
  const lost = [
    counted(work.removed.routes.length - routesBefore, 'route'),
    counted(work.removedRules - rulesBefore, 'rule'),
  ]
    .filter((part) => part !== '')
    .join(', ');
  const what = `Disconnected ${link.endpoints.join(' and ')}`;
  work.sentences.push(lost === '' ? `${what}.` : `${what}; removed ${lost}.`);
  return null;
}

export function setLink(work: EditWork, edit: EditOf<'set-link'>): Refusal {
  const link = work.draft.links.get(edit.link);
  if (link === null) return linkMissing(work, edit.link);
  const { up, mtu, label } = edit;
  work.draft.links.set(edit.link, withFields(link, { up, mtu, label }));
  const parts = [
    up === undefined ? '' : up ? 'up' : 'down',
    mtu === undefined ? '' : mtu === null ? 'MTU by default' : `MTU ${mtu}`,
    label === undefined ? '' : label === null ? 'no label' : 'a new label',
  ].filter((part) => part !== '');
  if (parts.length > 0) {
    work.sentences.push(`Set the link of ${link.endpoints.join(' and ')} to ${parts.join(', ')}.`);
  }
  return null;
}

export function addProbe(work: EditWork, edit: EditOf<'add-probe'>): Refusal {
  const node = work.require(edit.from, ['from']);
  if (isRefusal(node)) return node;
  if (node.kind === 'switch') {
    return work.refuse('probe.from-switch', ['from'], `${edit.from} is a switch; start at a host or router.`);
  }
  const { from, vrf, to, expect } = edit;
  if (vrf !== undefined && vrfOf(node, vrf) === null) {
    return work.refuse('probe.vrf-missing', ['vrf'], `${from} has no VRF ${vrf}.`);
  }
  const probe: Probe = {
    from,
    ...(vrf === undefined ? {} : { vrf }),
    to,
    intervalMs: edit.intervalMs ?? defaultIntervalMs,
    ...(expect === undefined ? {} : { expect }),
  };
  const key = probeKey(probe);
  if (work.draft.probes.has(key)) {
    const where = vrf === undefined ? '' : ` in ${vrf}`;
    return work.refuse('probe.repeated', ['to'], `There is a probe from ${from}${where} to ${to} already.`);
  }
  work.draft.probes.set(key, probe);
  work.created.probes.push(key);
  work.sentences.push(`Added a probe from ${edit.from} to ${edit.to}.`);
  return null;
}

export function setProbe(work: EditWork, edit: EditOf<'set-probe'>): Refusal {
  const probe = work.draft.probes.get(edit.probe);
  if (probe === null) return probeMissing(work, edit.probe);
  const { intervalMs, expect } = edit;
  work.draft.probes.set(edit.probe, withFields(probe, { intervalMs, expect }));
  const parts = [
    intervalMs === undefined ? '' : `to every ${intervalMs} ms`,
    expect === undefined ? '' : expect === 'none' ? 'to expect no answer' : 'to expect an answer',
  ].filter((part) => part !== '');
  if (parts.length > 0) work.sentences.push(`Set the probe from ${probe.from} to ${probe.to} ${parts.join(' and ')}.`);
  return null;
}

export function removeProbe(work: EditWork, edit: EditOf<'remove-probe'>): Refusal {
  const probe = work.draft.probes.get(edit.probe);
  if (probe === null) return probeMissing(work, edit.probe);
  work.draft.probes.delete(edit.probe);
  work.removed.probes.push(edit.probe);
  work.sentences.push(`Removed the probe from ${probe.from} to ${probe.to}.`);
  return null;
}

function linkMissing(work: EditWork, key: string): Refusal {
  return work.refuse('edit.link-missing', ['link'], `There is no link ${key}.`);
}

function probeMissing(work: EditWork, key: string): Refusal {
  return work.refuse('edit.probe-missing', ['probe'], `There is no probe ${key}.`);
}
