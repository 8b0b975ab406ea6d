/** Interfaces that h1 (a host with eth0, 10.0.0.1/24) refuses beside it, in files and edits alike: title, interfaces by name, code. */
export const badDevices: readonly (readonly [string, Readonly<Record<string, unknown>>, string])[] = [
  ['VLAN 0', { 'eth0.0': { device: { kind: 'vlan', parent: 'eth0', id: 0 } } }, 'vlan.id'],
  ['VLAN 4095', { 'eth0.1': { device: { kind: 'vlan', parent: 'eth0', id: 4095 } } }, 'vlan.id'],
  ['VLAN −1', { 'eth0.1': { device: { kind: 'vlan', parent: 'eth0', id: -1 } } }, 'vlan.id'],
  ['VLAN 1.5', { 'eth0.1': { device: { kind: 'vlan', parent: 'eth0', id: 1.5 } } }, 'vlan.id'],
  ['a VLAN id as text', { 'eth0.1': { device: { kind: 'vlan', parent: 'eth0', id: '10' } } }, 'shape.type'],
  ['a VLAN without parent', { v: { device: { kind: 'vlan', id: 10 } } }, 'shape.missing-key'],
  ['a VLAN on nothing', { v: { device: { kind: 'vlan', parent: 'x', id: 10 } } }, 'device.parent-missing'],
  ['a VLAN on itself', { v: { device: { kind: 'vlan', parent: 'v', id: 10 } } }, 'device.parent-missing'],
  [
    'two that stand on each other',
    {
      v: { device: { kind: 'vlan', parent: 'm', id: 10 } },
      m: { device: { kind: 'macvlan', parent: 'v' } },
    },
    'device.parent-loop',
  ],
  [
    'a VLAN id twice on a parent',
    {
      a: { device: { kind: 'vlan', parent: 'eth0', id: 10 } },
      b: { device: { kind: 'vlan', parent: 'eth0', id: 10 } },
    },
    'device.vlan-repeated',
  ],
  [
    'an MTU above that of the parent',
    {
      d: { device: { kind: 'dummy' }, mtu: 1400 },
      v: { device: { kind: 'vlan', parent: 'd', id: 1 }, mtu: 1401 },
    },
    'device.mtu-parent',
  ],
  ['VXLAN 0', { vx: { device: { kind: 'vxlan', id: 0 } } }, 'vxlan.id'],
  ['VXLAN 16777216', { vx: { device: { kind: 'vxlan', id: 16_777_216 } } }, 'vxlan.id'],
  ['VXLAN on port 0', { vx: { device: { kind: 'vxlan', id: 1, port: 0 } } }, 'vxlan.port'],
  ['VXLAN on port 65536', { vx: { device: { kind: 'vxlan', id: 1, port: 65_536 } } }, 'vxlan.port'],
  [
    'a VXLAN to itself',
    { vx: { device: { kind: 'vxlan', id: 1, local: '10.0.0.1', remote: '10.0.0.1' } } },
    'tunnel.same-ends',
  ],
  [
    'a VXLAN between families',
    { vx: { device: { kind: 'vxlan', id: 1, local: '10.0.0.1', remote: 'fd00::1' } } },
    'tunnel.family',
  ],
  ['a VXLAN to a group', { vx: { device: { kind: 'vxlan', id: 1, remote: '239.1.1.1' } } }, 'address.multicast'],
  [
    'a VXLAN to a network',
    { vx: { device: { kind: 'vxlan', id: 1, remote: '10.0.0.0/24' } } },
    'address.prefix-unwanted',
  ],
  [
    'two VXLANs of one id and port',
    { a: { device: { kind: 'vxlan', id: 1 } }, b: { device: { kind: 'vxlan', id: 1, remote: '10.0.0.9' } } },
    'vxlan.repeated',
  ],
  ['a VXLAN over nothing', { vx: { device: { kind: 'vxlan', id: 1, parent: 'x' } } }, 'device.parent-missing'],
  ['an unknown macvlan mode', { m: { device: { kind: 'macvlan', parent: 'eth0', mode: 'source' } } }, 'shape.value'],
  [
    'a macvlan on a macvlan',
    { m: { device: { kind: 'macvlan', parent: 'eth0' } }, n: { device: { kind: 'macvlan', parent: 'm' } } },
    'device.parent-kind',
  ],
  [
    'a macvlan beside one in passthru mode',
    {
      m: { device: { kind: 'macvlan', parent: 'eth0', mode: 'passthru' } },
      n: { device: { kind: 'macvlan', parent: 'eth0' } },
    },
    'device.passthru',
  ],
  ['a GRE tunnel without ends', { g: { device: { kind: 'gre' } } }, 'shape.missing-key'],
  [
    'a GRE tunnel to itself',
    { g: { device: { kind: 'gre', local: '10.0.0.1', remote: '10.0.0.1' } } },
    'tunnel.same-ends',
  ],
  ['a GRE tunnel in IPv6', { g: { device: { kind: 'gre', local: 'fd00::1', remote: 'fd00::2' } } }, 'tunnel.family'],
  ['a GRE key of −1', { g: { device: { kind: 'gre', local: '10.0.0.1', remote: '10.0.0.2', key: -1 } } }, 'gre.key'],
  ['a GRE TTL of 256', { g: { device: { kind: 'gre', local: '10.0.0.1', remote: '10.0.0.2', ttl: 256 } } }, 'gre.ttl'],
  [
    'two GRE tunnels with the same ends',
    {
      a: { device: { kind: 'gre', local: '10.0.0.1', remote: '10.0.0.2' } },
      b: { device: { kind: 'gre', local: '10.0.0.1', remote: '10.0.0.2' } },
    },
    'gre.repeated',
  ],
  [
    'a GRE tunnel with a MAC',
    { g: { device: { kind: 'gre', local: '10.0.0.1', remote: '10.0.0.2' }, mac: '02:00:00:00:00:01' } },
    'device.mac',
  ],
  ['the name of the kernel’s tunnel', { gre0: { device: { kind: 'dummy' } } }, 'name.reserved'],
  [
    'a VLAN on a GRE tunnel',
    {
      g: { device: { kind: 'gre', local: '10.0.0.1', remote: '10.0.0.2' } },
      v: { device: { kind: 'vlan', parent: 'g', id: 1 } },
    },
    'device.parent-kind',
  ],
  ['a bond of a missing interface', { b: { device: { kind: 'bond', members: ['x'] } } }, 'bond.member-missing'],
  ['an unknown bond mode', { b: { device: { kind: 'bond', mode: 'fast', members: [] } } }, 'shape.value'],
  [
    'a member twice',
    { d: { device: { kind: 'dummy' } }, b: { device: { kind: 'bond', members: ['d', 'd'] } } },
    'bond.member-taken',
  ],
  [
    'a member of two bonds',
    {
      d: { device: { kind: 'dummy' } },
      b: { device: { kind: 'bond', members: ['d'] } },
      c: { device: { kind: 'bond', members: ['d'] } },
    },
    'bond.member-taken',
  ],
  ['a member with addresses', { b: { device: { kind: 'bond', members: ['eth0'] } } }, 'bond.member-setting'],
  [
    'a bond in a bond',
    { b: { device: { kind: 'bond', members: [] } }, c: { device: { kind: 'bond', members: ['b'] } } },
    'bond.member-kind',
  ],
  [
    'a VLAN on a member',
    {
      d: { device: { kind: 'dummy' } },
      b: { device: { kind: 'bond', members: ['d'] } },
      v: { device: { kind: 'vlan', parent: 'd', id: 1 } },
    },
    'device.parent-kind',
  ],
  ['an unknown kind', { x: { device: { kind: 'wireguard' } } }, 'shape.value'],
  ['an unknown key of a device', { x: { device: { kind: 'dummy', parent: 'eth0' } } }, 'shape.unknown-key'],
];

/** VRFs that h1 refuses: title, VRFs by name, code. */
export const badVrfs: readonly (readonly [string, Readonly<Record<string, unknown>>, string])[] = [
  ['table 0', { red: { table: 0 } }, 'vrf.table'],
  ['table −1', { red: { table: -1 } }, 'vrf.table'],
  ['table 4294967296', { red: { table: 4_294_967_296 } }, 'vrf.table'],
  ['the default table', { red: { table: 253 } }, 'vrf.table-reserved'],
  ['the main table', { red: { table: 254 } }, 'vrf.table-reserved'],
  ['the local table', { red: { table: 255 } }, 'vrf.table-reserved'],
  ['a table twice', { red: { table: 100 }, blue: { table: 100 } }, 'vrf.table-repeated'],
  ['a missing interface', { red: { table: 100, interfaces: ['x'] } }, 'vrf.interface-missing'],
  [
    'an interface in two VRFs',
    { red: { table: 100, interfaces: ['eth0'] }, blue: { table: 101, interfaces: ['eth0'] } },
    'vrf.interface-taken',
  ],
  ['an interface twice', { red: { table: 100, interfaces: ['eth0', 'eth0'] } }, 'vrf.interface-taken'],
  ['a VRF by the name of an interface', { eth0: { table: 100 } }, 'name.taken'],
  ['a VRF by a bad name', { 'a b': { table: 100 } }, 'name.syntax'],
  [
    'a gateway that its members do not reach',
    { red: { table: 100, routes: [{ to: 'default', via: '10.0.0.254' }] } },
    'route.gateway-unreachable',
  ],
  [
    'a route over an interface that is no member',
    { red: { table: 100, routes: [{ to: '10.1.0.0/16', dev: 'eth0' }] } },
    'route.dev-missing',
  ],
];
