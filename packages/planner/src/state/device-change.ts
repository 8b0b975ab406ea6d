import type { ObservedDevice } from '@vethlab/observed';
import type { DesiredDevice } from '../desired/desired.js';

/** How an interface gets from what it is to what it should be. */
export type DeviceChange =
  | { readonly how: 'none' }
  /** The kernel takes it as it is. */
  | { readonly how: 'in-place'; readonly why: string }
  /** It has to be removed and made again. */
  | { readonly how: 'anew'; readonly why: string };

const none: DeviceChange = { how: 'none' };

/**
 * The difference in settings of two interfaces of one kind. What the kernel takes in place (Linux 6.1 to 6.18): the mode of a macvlan, but not
 * from or to passthru; ends of a VXLAN that it had before; everything of a GRE tunnel but whether it has a key. A VLAN, a
 * VRF, and a bond that is in use take nothing.
 *
 * @param parentNow what `wanted` names as its parent, by the name that it has in the kernel now
 */
export function changeOf(found: ObservedDevice, wanted: DesiredDevice, parentNow: string | null): DeviceChange {
  if (found.beyond !== undefined) return anew(`has ${found.beyond}`);
  switch (wanted.kind) {
    case 'dummy':
      return none;
    case 'vlan':
      if (found.kind !== 'vlan') return anew('is of another kind');
      if (found.parent !== parentNow) return otherParent(found.parent, wanted.parent);
      return found.id === wanted.id ? none : anew(`has the VLAN ${found.id}, not ${wanted.id}`);
    case 'macvlan': {
      if (found.kind !== 'macvlan') return anew('is of another kind');
      if (found.parent !== parentNow) return otherParent(found.parent, wanted.parent);
      if (found.mode === wanted.mode) return none;
      const why = `is in mode ${found.mode}, not ${wanted.mode}`;
      return [found.mode, wanted.mode].includes('passthru') ? anew(why) : { how: 'in-place', why };
    }
    case 'vxlan':
      return found.kind === 'vxlan' ? vxlanChange(found, wanted, parentNow) : anew('is of another kind');
    case 'gre':
      return found.kind === 'gre' ? greChange(found, wanted) : anew('is of another kind');
    case 'bond':
      if (found.kind !== 'bond') return anew('is of another kind');
      return found.mode === wanted.mode ? none : anew(`is in mode ${found.mode}, not ${wanted.mode}`);
    case 'vrf':
      if (found.kind !== 'vrf') return anew('is of another kind');
      return found.table === wanted.table ? none : anew(`has the table ${found.table}, not ${wanted.table}`);
  }
}

type Of<Kind extends string, Union> = Extract<Union, { readonly kind: Kind }>;

function vxlanChange(
  found: Of<'vxlan', ObservedDevice>,
  wanted: Of<'vxlan', DesiredDevice>,
  parentNow: string | null,
): DeviceChange {
  if (found.parent !== parentNow) return otherParent(found.parent, wanted.parent ?? null);
  if (found.id !== wanted.id) return anew(`has the id ${found.id}, not ${wanted.id}`);
  if (found.port !== wanted.port) return anew(`uses the port ${found.port}, not ${wanted.port}`);
  const differing = [
    ['local', found.local, wanted.local ?? null] as const,
    ['remote', found.remote, wanted.remote ?? null] as const,
  ].filter(([, now, then]) => now !== then);
  const [first] = differing;
  if (first === undefined) return none;
  const why = differing
    .map(([end, now, then]) => `has the ${end} address ${now ?? 'none'}, not ${then ?? 'none'}`)
    .join(' and ');
  const sameFamilies = differing.every(
    ([, now, then]) => now !== null && then !== null && now.includes(':') === then.includes(':'),
  );
  return sameFamilies ? { how: 'in-place', why } : anew(why);
}

function greChange(found: Of<'gre', ObservedDevice>, wanted: Of<'gre', DesiredDevice>): DeviceChange {
  const { key = null, ttl = 0 } = wanted;
  const differing = [
    ['local address', found.local, wanted.local] as const,
    ['remote address', found.remote, wanted.remote] as const,
    ['key', found.key, key] as const,
    ['TTL', found.ttl, ttl] as const,
  ].filter(([, now, then]) => now !== then);
  if (differing.length === 0) return none;
  const why = differing
    .map(([what, now, then]) => `has the ${what} ${now ?? 'none'}, not ${then ?? 'none'}`)
    .join(' and ');
  return (found.key === null) === (key === null) ? { how: 'in-place', why } : anew(why);
}

function otherParent(now: string | null, wanted: string | null): DeviceChange {
  return anew(`stands on ${now ?? 'nothing'}, not on ${wanted ?? 'nothing'}`);
}

function anew(why: string): DeviceChange {
  return { how: 'anew', why };
}

/** What a look will say of a device that was made so. */
export function observedAs(device: DesiredDevice): ObservedDevice | undefined {
  switch (device.kind) {
    case 'dummy':
      return undefined;
    case 'vlan':
      return { kind: 'vlan', parent: device.parent, id: device.id };
    case 'macvlan':
      return { kind: 'macvlan', parent: device.parent, mode: device.mode };
    case 'vxlan': {
      const { kind, id, port, local = null, remote = null, parent = null } = device;
      return { kind, parent, id, local, remote, port };
    }
    case 'gre': {
      const { kind, local, remote, key = null, ttl = 0 } = device;
      return { kind, local, remote, key, ttl };
    }
    case 'bond':
      return { kind: 'bond', mode: device.mode };
    case 'vrf':
      return { kind: 'vrf', table: device.table };
  }
}
