import {
  applyEdit,
  bondOf,
  type Device,
  type DeviceKind,
  type Diagnostic,
  defaultVxlanPort,
  deviceSchema,
  diagnosticsOfIssues,
  type Edit,
  type Ifname,
  type Node,
  type NodeName,
  parseIfname,
  type Topology,
} from '@vethlab/topology';
import type { Complaint } from '../../fields/use-draft';

/** An interface of some kind as it stands in the fields of its form. Each kind uses some of them. */
export interface DeviceDraft {
  readonly kind: DeviceKind;
  /** Empty: the next free one. */
  readonly name: string;
  readonly parent: string;
  readonly id: string;
  readonly local: string;
  readonly remote: string;
  readonly port: string;
  readonly key: string;
  readonly ttl: string;
  readonly mode: string;
  readonly members: readonly string[];
}

export type DeviceField = Exclude<keyof DeviceDraft, 'kind'>;

const fields: readonly DeviceField[] = [
  'name',
  'parent',
  'id',
  'local',
  'remote',
  'port',
  'key',
  'ttl',
  'mode',
  'members',
];

const blank = {
  name: '',
  parent: '',
  id: '',
  local: '',
  remote: '',
  port: '',
  key: '',
  ttl: '',
  mode: '',
  members: [],
} as const;

const usualModes: Readonly<Partial<Record<DeviceKind, string>>> = { macvlan: 'bridge', bond: 'active-backup' };

/** A form to begin with: what stands on another interface takes the first, what has ends begins at the node's own address. */
export function emptyDevice(kind: DeviceKind, node: Node): DeviceDraft {
  const [parent = ''] = kind === 'vlan' || kind === 'macvlan' ? parentsIn(node, null) : [];
  const [local = ''] = kind === 'vxlan' || kind === 'gre' ? ownAddresses(node, kind) : [];
  return { ...blank, kind, parent, local, mode: usualModes[kind] ?? '' };
}

export function deviceDraftOf(device: Device): DeviceDraft {
  const text = (value: string | number | undefined): string => value?.toString() ?? '';
  switch (device.kind) {
    case 'dummy':
      return { ...blank, kind: device.kind };
    case 'vlan':
      return { ...blank, kind: device.kind, parent: device.parent, id: text(device.id) };
    case 'macvlan':
      return { ...blank, kind: device.kind, parent: device.parent, mode: device.mode };
    case 'bond':
      return { ...blank, kind: device.kind, mode: device.mode, members: device.members };
    case 'gre': {
      const { kind, local, remote, key, ttl } = device;
      return { ...blank, kind, local, remote, key: text(key), ttl: text(ttl) };
    }
    case 'vxlan': {
      const { kind, id, local, remote, parent, port } = device;
      const usual = port === defaultVxlanPort;
      return {
        ...blank,
        kind,
        id: text(id),
        local: text(local),
        remote: text(remote),
        parent: text(parent),
        port: usual ? '' : text(port),
      };
    }
  }
}

/** Interfaces of a node that others can stand on. */
export function parentsIn(node: Node, self: string | null): readonly string[] {
  return Object.entries(node.interfaces)
    .filter(([ifname, { device }]) => ifname !== self && device?.kind !== 'gre' && bondOf(node, ifname) === null)
    .map(([ifname]) => ifname);
}

/** Interfaces that can be a member of a bond: ends of links that nothing else uses. */
export function possibleMembers(node: Node, bond: string | null): readonly string[] {
  return Object.entries(node.interfaces)
    .filter(([ifname, { device }]) => {
      const other = bondOf(node, ifname);
      return (device === undefined || device.kind === 'dummy') && (other === null || other === bond);
    })
    .map(([ifname]) => ifname);
}

/** Addresses of the node that a tunnel can begin at. */
export function ownAddresses(node: Node, kind: 'vxlan' | 'gre'): readonly string[] {
  const all = Object.values(node.interfaces).flatMap(({ addresses }) =>
    addresses.map((cidr) => cidr.slice(0, cidr.indexOf('/'))),
  );
  return kind === 'gre' ? all.filter((address) => !address.includes(':')) : all;
}

export interface DeviceParse {
  /** Null: something is wrong. */
  readonly edit: Edit | null;
  readonly complaints: Readonly<Partial<Record<DeviceField, Complaint>>>;
  /** What is wrong and belongs to no field. */
  readonly other: string | null;
}

/**
 * The edit that a form asks for, or what is wrong at which field: first what a value may be, then what the lab has against it, which is
 * tried out as the server would.
 */
export function parseDevice(
  draft: DeviceDraft,
  topology: Topology,
  node: NodeName,
  changed: Ifname | null,
): DeviceParse {
  const complaints: Partial<Record<DeviceField, Complaint>> = {};
  const name = draft.name.trim() === '' ? null : parseIfname(draft.name.trim());
  if (name?.ok === false) complaints.name = complaintOf(name.problem.detail, name.problem.fix?.value);
  const device = deviceSchema.safeParse(inputOf(draft));
  if (!device.success) note(complaints, diagnosticsOfIssues(device.error.issues));
  if (!device.success || name?.ok === false) return { edit: null, complaints, other: null };
  const edit: Edit =
    changed === null
      ? { type: 'add-interface', node, device: device.data, ...(name === null ? {} : { ifname: name.value }) }
      : { type: 'set-device', node, ifname: changed, device: device.data };
  const result = applyEdit(topology, edit);
  if (result.ok) return { edit, complaints, other: null };
  return { edit: null, complaints, other: note(complaints, result.diagnostics) };
}

/** Puts each at its field; the first that has none is given back. */
function note(complaints: Partial<Record<DeviceField, Complaint>>, diagnostics: readonly Diagnostic[]): string | null {
  let other: string | null = null;
  for (const { path, summary, detail, fix } of diagnostics) {
    const field = fieldOf(path);
    if (field === undefined) other ??= `${summary} ${detail}`;
    else complaints[field] ??= complaintOf(detail === '' ? summary : detail, fix?.value);
  }
  return other;
}

/** The field of the form that a path of a value or of the document leads to. */
function fieldOf(path: readonly (string | number)[]): DeviceField | undefined {
  const last = path.findLast((step) => typeof step === 'string');
  if (last === 'ifname') return 'name';
  return fields.find((field) => field === last);
}

function complaintOf(text: string, fix: string | undefined): Complaint {
  return fix === undefined ? { text } : { text, fix };
}

/** As the lab file would have it; empty fields are left out where they may be. */
function inputOf(draft: DeviceDraft): unknown {
  const { kind, mode, members } = draft;
  const text = (field: 'parent' | 'local' | 'remote') => draft[field].trim();
  const optional = (field: 'parent' | 'local' | 'remote') => (text(field) === '' ? {} : { [field]: text(field) });
  const number = (field: 'id' | 'port' | 'key' | 'ttl') =>
    draft[field].trim() === '' ? {} : { [field]: numberOf(draft[field].trim()) };
  switch (kind) {
    case 'dummy':
      return { kind };
    case 'vlan':
      return { kind, parent: text('parent'), id: numberOf(draft.id.trim()) };
    case 'macvlan':
      return { kind, parent: text('parent'), mode };
    case 'bond':
      return { kind, mode, members };
    case 'gre':
      return { kind, local: text('local'), remote: text('remote'), ...number('key'), ...number('ttl') };
    case 'vxlan':
      return {
        kind,
        id: numberOf(draft.id.trim()),
        ...optional('local'),
        ...optional('remote'),
        ...number('port'),
        ...optional('parent'),
      };
  }
}

/** What is no whole number stays a text, and the schema says what is wrong with it. */
function numberOf(text: string): number | string {
  return /^\d{1,12}$/.test(text) ? Number(text) : text;
}
