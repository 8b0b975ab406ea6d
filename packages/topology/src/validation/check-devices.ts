import { type Device, parentOf } from '../model/device.js';
import type { Diagnostic, DocumentPath } from '../model/diagnostic.js';
import type { Ifname } from '../model/names.js';
import { diagnostic } from '../model/problem.js';
import type { Interface, Node } from '../model/topology.js';
import { interfaceEntries } from '../model/topology-access.js';

/** An interface with a device, and where it stands in the document. */
interface Placed<Kind extends Device['kind'] = Device['kind']> {
  readonly ifname: Ifname;
  readonly iface: Interface;
  readonly device: Extract<Device, { kind: Kind }>;
  readonly path: DocumentPath;
}

/** Devices that the tunnel modules of the kernel put into namespaces by themselves. */
const kernelsOwn: ReadonlySet<string> = new Set(['gre0', 'gretap0', 'erspan0', 'tunl0', 'sit0', 'ip6tnl0', 'ip6gre0']);

/** What can be said of the interfaces of a node that are not the end of a link: they, and what they stand on, decide it. */
export function deviceDiagnostics(nodePath: DocumentPath, node: Node): readonly Diagnostic[] {
  const placed = interfaceEntries(node).flatMap(([ifname, iface]): Placed[] => {
    const { device } = iface;
    if (device === undefined) return [];
    return [{ ifname, iface, device, path: [...nodePath, 'interfaces', ifname, 'device'] }];
  });
  if (placed.length === 0) return [];
  if (node.kind === 'switch') {
    return placed.map(({ ifname, device, path }) => {
      return diagnostic('device.on-switch', path, `${ifname} is a ${device.kind} interface, and the node is a switch.`);
    });
  }
  const ofKind = <Kind extends Device['kind']>(kind: Kind) =>
    placed.filter((one) => one.device.kind === kind) as unknown as readonly Placed<Kind>[];
  return [
    ...placed.flatMap((one) => [...parentProblems(node, one), ...ownProblems(one)]),
    ...[...ofKind('vxlan'), ...ofKind('gre')].flatMap((one) => tunnelProblems(node, one)),
    ...repeated(ofKind('vlan'), 'device.vlan-repeated', ({ parent, id }) => `${parent} has the VLAN ${id}`),
    ...repeated(ofKind('vxlan'), 'vxlan.repeated', ({ id, port }) => `the node has the VXLAN ${id} on port ${port}`),
    ...repeated(ofKind('gre'), 'gre.repeated', ({ local, remote, key }) => {
      return `the node has a tunnel from ${local} to ${remote}${key === undefined ? ' without a key' : ` with the key ${key}`}`;
    }),
    ...passthruProblems(ofKind('macvlan')),
    ...memberProblems(node, ofKind('bond')),
  ];
}

function parentProblems(node: Node, { ifname, device, path }: Placed): readonly Diagnostic[] {
  const parent = parentOf(device);
  if (parent === null) return [];
  const at = [...path, 'parent'];
  const below = Object.hasOwn(node.interfaces, parent) ? node.interfaces[parent] : undefined;
  if (below === undefined || parent === ifname) {
    const detail =
      parent === ifname ? `${ifname} cannot be its own parent.` : `There is no interface ${parent} in the node.`;
    const other = Object.keys(node.interfaces).find((name) => name !== ifname && isEthernet(node.interfaces[name]));
    const fix = other === undefined ? undefined : { label: `Use ${other}`, value: other };
    return [diagnostic('device.parent-missing', at, detail, fix)];
  }
  const loop = loopFrom(node, ifname);
  if (loop !== null) return [diagnostic('device.parent-loop', at, `${loop.join(' stands on ')}.`)];
  const kind = parentKindProblem(node, device, parent, below);
  return kind === null ? [] : [diagnostic('device.parent-kind', at, kind)];
}

/** The interfaces of a loop of parents, beginning and ending with this one; null when there is none. */
function loopFrom(node: Node, ifname: Ifname): readonly string[] | null {
  const way: Ifname[] = [ifname];
  for (let current = parentIn(node, ifname); current !== null; current = parentIn(node, current)) {
    if (current === ifname) return [...way, current];
    // A loop further below is told where it is.
    if (way.includes(current)) return null;
    way.push(current);
  }
  return null;
}

function parentIn(node: Node, ifname: string): Ifname | null {
  return Object.hasOwn(node.interfaces, ifname) ? parentOf(node.interfaces[ifname]?.device) : null;
}

function parentKindProblem(node: Node, device: Device, parent: Ifname, below: Interface): string | null {
  if (!isEthernet(below)) return `${parent} is a GRE tunnel, which carries packets and no frames.`;
  if (device.kind === 'macvlan' && below.device?.kind === 'macvlan') {
    return `${parent} is a macvlan itself: the kernel would put this one on its parent ${below.device.parent}.`;
  }
  const bond = bondOf(node, parent);
  return bond === null ? null : `${parent} is a member of ${bond}; use ${bond} itself.`;
}

function isEthernet(iface: Interface | undefined): boolean {
  return iface !== undefined && iface.device?.kind !== 'gre';
}

const knownMembers = new WeakMap<Node, ReadonlyMap<string, Ifname>>();

/** The bond that an interface is a member of. */
export function bondOf(node: Node, ifname: string): Ifname | null {
  let members = knownMembers.get(node);
  if (members === undefined) {
    members = new Map(
      interfaceEntries(node).flatMap(([name, { device }]) =>
        device?.kind === 'bond' ? device.members.map((member) => [member, name] as const) : [],
      ),
    );
    knownMembers.set(node, members);
  }
  return members.get(ifname) ?? null;
}

function ownProblems({ ifname, iface, device, path }: Placed): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  const interfacePath = path.slice(0, -1);
  if (device.kind === 'gre' && iface.mac !== undefined) {
    found.push(diagnostic('device.mac', [...interfacePath, 'mac'], `${ifname} is a GRE tunnel.`));
  }
  if (kernelsOwn.has(ifname)) {
    const detail = `The kernel may have a ${ifname} of its own in every namespace.`;
    found.push(diagnostic('name.reserved', interfacePath, detail, { label: 'Use gre1', value: 'gre1' }));
  }
  return found;
}

function tunnelProblems(node: Node, { ifname, device, path }: Placed<'vxlan'> | Placed<'gre'>): readonly Diagnostic[] {
  const { local, remote } = device;
  const isV6 = (address: string | undefined) => address?.includes(':') === true;
  if (device.kind === 'gre' && (isV6(local) || isV6(remote))) {
    const field = isV6(local) ? 'local' : 'remote';
    return [diagnostic('tunnel.family', [...path, field], 'A GRE tunnel goes between two IPv4 addresses.')];
  }
  if (local !== undefined && remote !== undefined && isV6(local) !== isV6(remote)) {
    return [diagnostic('tunnel.family', [...path, 'remote'], `${local} and ${remote} are of different families.`)];
  }
  if (local === undefined) return [];
  if (local === remote) return [diagnostic('tunnel.same-ends', [...path, 'remote'], `Both ends are ${local}.`)];
  const isHere = Object.values(node.interfaces).some(({ addresses }) =>
    addresses.some((address) => address.slice(0, address.indexOf('/')) === local),
  );
  if (isHere) return [];
  const detail = `No interface of the node has ${local}, so nothing of ${ifname} arrives until one has.`;
  return [diagnostic('tunnel.local-elsewhere', [...path, 'local'], detail)];
}

/** What the second and later of several say that are the same in what `nameOf` gives. */
function repeated<Kind extends Device['kind']>(
  placed: readonly Placed<Kind>[],
  code: 'device.vlan-repeated' | 'vxlan.repeated' | 'gre.repeated',
  nameOf: (device: Extract<Device, { kind: Kind }>) => string,
): readonly Diagnostic[] {
  const seen = new Map<string, Ifname>();
  return placed.flatMap(({ ifname, device, path }) => {
    const name = nameOf(device);
    const first = seen.get(name);
    if (first !== undefined) return [diagnostic(code, path, `${ifname}: ${name} already, as ${first}.`)];
    seen.set(name, ifname);
    return [];
  });
}

function passthruProblems(placed: readonly Placed<'macvlan'>[]): readonly Diagnostic[] {
  return placed.flatMap(({ ifname, device, path }, index) => {
    const others = placed.filter((other, place) => place < index && other.device.parent === device.parent);
    const alone = device.mode === 'passthru' ? others[0] : others.find((other) => other.device.mode === 'passthru');
    if (alone === undefined) return [];
    const detail = `${ifname} and ${alone.ifname} are both on ${device.parent}.`;
    return [diagnostic('device.passthru', [...path, 'mode'], detail, { label: 'Use bridge', value: 'bridge' })];
  });
}

function memberProblems(node: Node, bonds: readonly Placed<'bond'>[]): readonly Diagnostic[] {
  const takenBy = new Map<string, Ifname>();
  return bonds.flatMap(({ ifname: bond, device, path }) =>
    device.members.flatMap((member, index): readonly Diagnostic[] => {
      const at = [...path, 'members', index];
      const iface = Object.hasOwn(node.interfaces, member) ? node.interfaces[member] : undefined;
      if (iface === undefined) {
        return [diagnostic('bond.member-missing', at, `There is no interface ${member} in the node.`)];
      }
      const taker = takenBy.get(member);
      takenBy.set(member, bond);
      if (taker !== undefined) {
        return [diagnostic('bond.member-taken', at, `${member} is a member of ${taker} already.`)];
      }
      if (iface.device !== undefined && iface.device.kind !== 'dummy') {
        return [diagnostic('bond.member-kind', at, `${member} is a ${iface.device.kind} interface.`)];
      }
      const { mtu, mac, addresses } = iface;
      const set = [
        addresses.length > 0 ? 'addresses' : '',
        mac === undefined ? '' : 'a MAC',
        mtu === undefined ? '' : 'an MTU',
      ];
      const said = set.filter((what) => what !== '').join(' and ');
      return said === '' ? [] : [diagnostic('bond.member-setting', at, `${member} has ${said} of its own.`)];
    }),
  );
}
