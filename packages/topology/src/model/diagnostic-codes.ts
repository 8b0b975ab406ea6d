import type { Severity } from './diagnostic.js';

interface CodeEntry {
  readonly severity: Severity;
  /** One sentence, always the same. */
  readonly summary: string;
  /** What a person can do about it. */
  readonly remedy: string;
}

const error = (summary: string, remedy: string): CodeEntry => ({ severity: 'error', summary, remedy });
const warning = (summary: string, remedy: string): CodeEntry => ({ severity: 'warning', summary, remedy });
const info = (summary: string, remedy: string): CodeEntry => ({ severity: 'info', summary, remedy });

/** Every code this package can say. docs/diagnostics.md is this table for people; a test keeps the two the same. */
export const diagnosticCodes = {
  // Names and free text
  'name.syntax': error(
    'This name cannot be used.',
    'Use letters, digits, "_", "." and "-", beginning with a letter or digit.',
  ),
  'name.length': error(
    'This name is too long.',
    'Names of nodes and commands have at most 32 characters, interface names at most 15.',
  ),
  'name.reserved': error('This name is reserved.', 'Choose another name; the proposed one is free of special meaning.'),
  'name.taken': error('This name is in use already.', 'Choose a name that nothing else of the same kind has.'),
  'text.characters': error(
    'This text has characters that cannot be shown.',
    'Remove control characters and line breaks.',
  ),
  'text.length': error('This text is too long or empty.', 'Labels and lab names have 1 to 100 characters.'),

  // Addresses
  'address.syntax': error('This is not an IP address.', 'Write it like 192.168.1.1/24 or 2001:db8::1/64.'),
  'address.leading-zero': error(
    'An IPv4 number begins with a zero.',
    'Leave leading zeros out: some programs read them as octal numbers.',
  ),
  'address.short-form': error(
    'This IPv4 address does not have four numbers.',
    'Write all four; programs fill short forms in differently.',
  ),
  'address.hexadecimal': error('An IPv4 address has a hexadecimal number.', 'Write decimal numbers from 0 to 255.'),
  'address.prefix-missing': error('The prefix length is missing.', 'Add it after a slash, such as /24 or /64.'),
  'address.prefix-unwanted': error(
    'An address without prefix length belongs here.',
    'Remove the slash and what follows.',
  ),
  'address.prefix-range': error(
    'The prefix length is out of range.',
    'IPv4 takes /1 to /32 on an interface, IPv6 /1 to /128.',
  ),
  'address.zone': error('Zone ids are not part of an address here.', 'Remove the "%" and what follows it.'),
  'address.network': error('This is the address of the network itself.', 'Use an address of the usable range.'),
  'address.broadcast': error('This is the broadcast address of its network.', 'Use an address of the usable range.'),
  'address.multicast': error('This is a multicast address.', 'Use a unicast address.'),
  'address.unspecified': error('This is the unspecified address.', 'Use an address that belongs to one interface.'),
  'address.loopback': error(
    'Loopback addresses belong to the interface lo.',
    'Use a private range such as 10.0.0.0/8, 192.168.0.0/16 or fd00::/8.',
  ),
  'address.mapped': error('This IPv6 address stands for an IPv4 address.', 'Write the IPv4 address itself.'),
  'address.link-local': error(
    'A link-local address needs an interface.',
    'Use a global address, or name the interface.',
  ),
  'address.repeated': error('This interface has the same address twice.', 'Remove one of them.'),
  'address.on-switch': error(
    'Ports of a switch carry no addresses.',
    'Put the address on the host or router behind the port.',
  ),
  'address.duplicate': warning(
    'The same address is on two interfaces.',
    'Give one of them another address, unless the conflict is what you want to show.',
  ),
  'subnet.overlap': warning(
    'Two different subnets overlap.',
    'Give one of them another subnet, unless the overlap is what you want to show.',
  ),

  // Interfaces and links
  'mtu.range': error('This MTU is out of range.', 'Use 68 to 65535.'),
  'mtu.ipv6': error('IPv6 needs an MTU of at least 1280.', 'Raise the MTU, or remove the IPv6 addresses.'),
  'mac.syntax': error('This is not a MAC address.', 'Write six pairs of hexadecimal digits: 02:00:00:00:00:01.'),
  'mac.multicast': error('This MAC address is a group address.', 'Make the first pair an even number.'),
  'mac.zero': error('This MAC address is all zeros.', 'Use another, such as 02:00:00:00:00:01.'),
  'interface.unwired': info(
    'This interface has no link.',
    'Wire it: an interface is one end of a veth pair, so it is not in the kernel until then.',
  ),
  'link.endpoint-syntax': error('This is not an endpoint.', 'Write node:interface, such as h1:eth0.'),
  'link.node-missing': error('The link ends at a node that is not there.', 'Add the node, or end the link elsewhere.'),
  'link.interface-missing': error(
    'The link ends at an interface that is not there.',
    'Add the interface to the node, or end the link elsewhere.',
  ),
  'link.self': error('The link goes from an interface to itself.', 'End it at another interface.'),
  'link.interface-taken': error('This interface has a link already.', 'Use another interface: a veth has one peer.'),
  'switch.loop': warning(
    'Switches form a loop.',
    'Switch spanning tree on in one of the switches, or remove one of the links: otherwise a broadcast goes round for ever.',
  ),

  // Interfaces that are not the end of a link
  'device.on-switch': error(
    'A switch has no interfaces of this kind.',
    'Put it on a host or router: every interface of a switch is a port at the end of a link.',
  ),
  'device.wired': error(
    'This interface cannot be the end of a link.',
    'Wire another interface: only a veth, which has no kind, is the end of a link.',
  ),
  'device.parent-missing': error('The parent is not there.', 'Name another interface of the same node.'),
  'device.parent-loop': error('The interface stands on itself.', 'Name a parent that does not stand on this one.'),
  'device.parent-kind': error(
    'The parent cannot carry an interface of this kind.',
    'Use an interface that carries Ethernet frames, and none that is a member of a bond.',
  ),
  'device.passthru': error(
    'A macvlan in passthru mode is alone on its parent.',
    'Use another mode, or remove the other macvlans.',
  ),
  'device.mtu-parent': error('The MTU is larger than that of the parent.', 'Lower it, or raise that of the parent.'),
  'device.mac': error('Interfaces of this kind have no MAC.', 'Remove it: a GRE tunnel carries packets, not frames.'),
  'device.vlan-repeated': error('The parent has this VLAN twice.', 'Use another id, or another parent.'),
  'vxlan.id': error('This VXLAN id cannot be used.', 'Use 1 to 16777215.'),
  'vxlan.port': error('This port cannot be used.', 'Use 1 to 65535; 4789 is that of VXLAN.'),
  'vxlan.repeated': error(
    'Two VXLAN interfaces of the node have the same id and port.',
    'Use another id: the node could not tell their packets apart.',
  ),
  'gre.key': error('This key cannot be used.', 'Use 0 to 4294967295.'),
  'gre.ttl': error('This TTL cannot be used.', 'Use 1 to 255, or none: then it is that of the packet inside.'),
  'gre.repeated': error(
    'Two GRE tunnels of the node have the same ends and key.',
    'Give one of them another key: the node could not tell their packets apart.',
  ),
  'tunnel.same-ends': error('Both ends of the tunnel are the same address.', 'Use the address of the other node.'),
  'tunnel.family': error(
    'The ends of the tunnel are of families that do not go together.',
    'Use two IPv4 or two IPv6 addresses; a GRE tunnel has IPv4 addresses.',
  ),
  'tunnel.local-elsewhere': warning(
    'The tunnel starts at an address that its node does not have.',
    'Give an interface of the node this address, or start the tunnel at one that it has.',
  ),
  'bond.member-missing': error('A member of the bond is not there.', 'Name interfaces of the same node.'),
  'bond.member-taken': error('An interface is a member twice.', 'One interface belongs to one bond.'),
  'bond.member-kind': error(
    'This interface cannot be a member of a bond.',
    'Use interfaces at the end of a link, or dummies, on which nothing else stands.',
  ),
  'bond.member-setting': error(
    'A member of a bond has no addresses, MAC or MTU of its own.',
    'Set them on the bond: members take its MAC and MTU.',
  ),

  // VRFs
  'vrf.on-switch': error('A switch has no VRFs.', 'Put them on a host or router: a switch routes nothing.'),
  'vrf.table': error('This table cannot be used.', 'Use a number from 1 to 4294967295, such as 100.'),
  'vrf.table-reserved': error('This table is used by the kernel itself.', 'Use another number, such as 100.'),
  'vrf.table-repeated': error('Two VRFs of the node have the same table.', 'Give one of them another table.'),
  'vrf.interface-missing': error('An interface of the VRF is not there.', 'Name interfaces of the same node.'),
  'vrf.interface-taken': error('An interface is in two VRFs.', 'Take it out of one of them.'),
  'vrf.bond-member': error('A member of a bond cannot be in a VRF.', 'Put the bond itself into the VRF.'),

  // Routes
  'route.destination': error('This is not a destination.', 'Write "default" or a network such as 10.1.0.0/16.'),
  'route.host-bits': error(
    'The destination has bits set behind its prefix.',
    'Write the network address, as the kernel demands.',
  ),
  'route.incomplete': error('The route leads nowhere.', 'Give it "via" (a gateway) or "dev" (an interface).'),
  'route.default-gateway': error('A default route needs a gateway.', 'Add "via": its family says which default it is.'),
  'route.family': error(
    'Destination and gateway are of different families.',
    'Use an IPv4 gateway for IPv4 and an IPv6 gateway for IPv6.',
  ),
  'route.gateway-own': error('The gateway is this node itself.', 'Use the address of the neighbour.'),
  'route.gateway-unreachable': error(
    'The gateway is on no subnet of this node.',
    'Use a gateway inside one of the connected subnets.',
  ),
  'route.dev-missing': error(
    'The route uses an interface that is not there.',
    'Use one of the interfaces of the node.',
  ),
  'route.metric': error('This metric is out of range.', 'Use 0 to 4294967295; a lower one wins.'),
  'route.repeated': error(
    'Two routes have the same destination and metric.',
    'Remove one of them, or give them different metrics.',
  ),
  'route.on-switch': error('A switch has no routes.', 'Put the route on a host or router.'),
  'node.forwards': error('Only a router forwards packets.', 'Make it a router, or leave "forwards" out.'),

  // Firewall and NAT
  'network.host-bits': error(
    'The network has bits set behind its prefix.',
    'Write the network address, or one address without prefix length.',
  ),
  'network.any': error('This is every address.', 'Leave it out: a rule without it means the same.'),
  'firewall.on-switch': error(
    'A switch has no firewall and no NAT.',
    'Put it on a host or router: a switch forwards frames and looks at no packet.',
  ),
  'firewall.interface-missing': error(
    'The rule names an interface that is not there.',
    'Use one of the interfaces of the node.',
  ),
  'firewall.interface-side': error(
    'This chain does not know that interface.',
    'Packets for the node itself have no outgoing interface, and those it sends have no incoming one.',
  ),
  'firewall.port-protocol': error(
    'Only TCP and UDP have ports.',
    'Set the protocol to tcp or udp, or leave the port out.',
  ),
  'firewall.state': error('A rule for no state fits nothing.', 'Name a state, or leave the list out.'),
  'firewall.family': error(
    'The rule mixes IPv4 and IPv6.',
    'Use addresses and a protocol of one family; make two rules for both.',
  ),
  'nat.forward-repeated': error(
    'Two forwards take the same port.',
    'Remove one of them, or give them different ports or interfaces.',
  ),

  // Probes
  'probe.node-missing': error('The probe starts at a node that is not there.', 'Start it at another node.'),
  'probe.from-switch': error('A switch has no address to ping from.', 'Start the probe at a host or router.'),
  'probe.repeated': error('This probe is there already.', 'A probe is unique by its node and its address.'),
  'probe.vrf-missing': error('The probe is sent in a VRF that is not there.', 'Name a VRF of the node, or none.'),
  'probe.interval': error('This interval cannot be used.', 'Use 100ms to 3600s, such as 500ms or 1s.'),
  'probe.no-such-address': info(
    'No node has the address of this probe.',
    'Give a node the address, or change the probe.',
  ),

  // The world outside
  'port.range': error('This port is out of range.', 'Use a whole number from 1 to 65535.'),
  'port.repeated': error('This port is in the list already.', 'Name it once.'),
  'outside.kind': error('Only an internet node has a way out.', 'Add a node of the kind internet and set it there.'),
  'outside.subnet': error(
    'The way out cannot have this subnet.',
    'Use an IPv4 network of /29 or shorter, such as 198.18.0.0/24.',
  ),
  'outside.overlap': warning(
    'The lab uses the subnet of the way out.',
    'Give the way out another subnet; the proposed one is free.',
  ),
  'publish.taken': error(
    'This port of the machine is published already.',
    'Use another one; the proposed one is free.',
  ),
  'publish.on-switch': error('A switch has no ports to publish.', 'Publish a port of a host or router.'),

  // Commands
  'command.empty': error(
    'The command has no program.',
    'Give a list of arguments that begins with the program, such as ["ping", "10.0.0.1"].',
  ),
  'command.argument': error(
    'This argument cannot be given to a program.',
    'Use at most 4096 bytes of text without a zero byte.',
  ),
  'command.vrf-missing': error('The command runs in a VRF that is not there.', 'Name a VRF of the node, or none.'),

  // Canvas
  'canvas.position': error('This position cannot be used.', 'Use numbers from -1000000 to 1000000.'),
  'canvas.node-missing': warning('A position belongs to no node.', 'Remove it, or correct the name.'),

  // What happens to packets on the way
  'impairment.delay': error('This delay cannot be used.', 'Write 1us to 60s, such as 20ms or 1.5ms.'),
  'impairment.percent': error('This share cannot be used.', 'Write 0.001% to 100%, such as 10% or 0.1%.'),
  'impairment.rate': error('This rate cannot be used.', 'Write 1kbit to 100gbit, such as 10mbit or 1.5gbit.'),
  'impairment.limit': error('This queue limit cannot be used.', 'Use 1 to 1000000 packets.'),
  'impairment.needs-delay': error('This needs a delay.', 'Add a delay, such as 20ms.'),
  'impairment.empty': error('The impairment does nothing.', 'Give it at least one value, or leave it out.'),

  // VLANs and spanning tree
  'vlan.id': error('This is not the number of a VLAN.', 'Use 1 to 4094.'),
  'vlan.form': error(
    'This says neither access nor trunk, or both.',
    'Write "access" with one VLAN, or "trunk" with a list and perhaps "native".',
  ),
  'vlan.repeated': error('This VLAN is there twice.', 'Remove one of them.'),
  'vlan.not-a-port': error('Only ports of a switch have VLANs.', 'Put it on a switch.'),
  'switch.stp-elsewhere': error('Only a switch has spanning tree.', 'Make it a switch, or leave "stp" out.'),

  // What the machine can do
  'feature.missing': warning(
    'This machine cannot do this.',
    'It stays in the lab and is left out on this machine; the detail says what would bring it.',
  ),

  // Limits
  'limit.nodes': error('The lab has too many nodes.', 'A lab has at most 5000 nodes.'),
  'limit.links': error('The lab has too many links.', 'A lab has at most 20000 links.'),
  'limit.probes': error('The lab has too many probes.', 'A lab has at most 5000 probes.'),
  'limit.commands': error('The lab has too many commands.', 'A lab has at most 1000 commands.'),
  'limit.items': error('A list is too long.', 'Split it; the detail says how many items fit.'),
  'limit.depth': error('The data is nested too deeply.', 'Nothing in a lab is nested deeper than a few levels.'),

  // Lab files
  'file.size': error('The file is too large.', 'A lab file has at most 2 MiB.'),
  'file.empty': error('The file is empty.', 'Begin with "vethlab: 1" and a name.'),
  'file.binary': error('This is not a text file.', 'Choose a lab file: its name ends in .lab.yaml.'),
  'file.encoding': error('The file is not UTF-8 text.', 'Save it as UTF-8.'),
  'file.yaml': error('The file is not valid YAML.', 'Mend the place that the detail names.'),
  'file.tab': error('A tab is used to indent.', 'YAML indents with spaces only.'),
  'file.duplicate-key': error('A key is there twice.', 'Remove or rename one of them.'),
  'file.alias': error('Anchors, aliases and tags are not used in lab files.', 'Write the value itself.'),
  'file.documents': error('The file has more than one document.', 'Keep one, without a "---" line between.'),
  'file.version-missing': error('The line "vethlab: 1" is missing.', 'Add it as the first line.'),
  'file.version': error(
    'This is a format version that this program does not know.',
    'Use vethlab: 1, or update the program.',
  ),

  // Shape of foreign data (file, edit, message)
  'shape.unknown-key': error('This key is not known.', 'Correct or remove it; the detail names the nearest known key.'),
  'shape.missing-key': error('A key is missing.', 'Add it.'),
  'shape.type': error('This value is of the wrong type.', 'Write a value of the type that the detail names.'),
  'shape.value': error('This value is not one of the known ones.', 'Use one of the values that the detail lists.'),

  // Edits
  'edit.node-missing': error('There is no such node.', 'It was removed or renamed; choose another.'),
  'edit.interface-missing': error('There is no such interface.', 'It was removed or renamed; choose another.'),
  'edit.link-missing': error('There is no such link.', 'It was removed or changed; choose another.'),
  'edit.probe-missing': error('There is no such probe.', 'It was removed or changed; choose another.'),
  'edit.vrf-missing': error('There is no such VRF.', 'It was removed or renamed; choose another.'),
  'edit.command-missing': error('There is no such command.', 'It was removed or renamed; choose another.'),
  'edit.kind-mismatch': error('This cannot be done to a node of this kind.', 'Choose a host or router.'),
  'edit.stale': error(
    'The document has changed in the same place since.',
    'Look at what is there now, and make the change again.',
  ),
  'edit.held': error(
    'Edits that are held back change the same.',
    'Apply or undo them first, or leave this out; the detail names what it is.',
  ),
} as const satisfies Record<string, CodeEntry>;

export type DiagnosticCode = keyof typeof diagnosticCodes;
