import type { LinkMessage } from '@vethlab/netlink';
import type { ObservedDevice } from '@vethlab/observed';
import type { NameLookup } from './look.js';

/** What an interface is made with, in the words of a lab; null for kinds that have nothing to say. */
export function deviceOf(link: LinkMessage, nameOf: NameLookup): ObservedDevice | null {
  const { device } = link;
  if (device === null) return null;
  // What stands on an interface of another namespace has its number from there.
  const isHere = link.linkIndex !== null && link.linkNetnsid === null;
  const parent = isHere && link.linkIndex !== null ? nameOf(link.linkIndex) : null;
  switch (device.kind) {
    case 'vlan':
      return {
        kind: 'vlan',
        parent,
        id: device.id,
        ...beyond(device.protocol === '802.1ad' && 'the protocol 802.1ad'),
      };
    case 'vxlan': {
      const { kind, id, local, remote, port } = device;
      return { kind, parent, id, local, remote, port, ...beyond(isGroup(remote) && 'a multicast group') };
    }
    case 'macvlan':
      return {
        kind: 'macvlan',
        parent,
        mode: device.mode ?? 'unknown',
        ...beyond(device.mode === 'source' && 'mode source'),
      };
    case 'gre': {
      const { kind, local, remote, inputKey, outputKey, ttl } = device;
      return {
        kind,
        local,
        remote,
        key: inputKey,
        ttl,
        ...beyond(inputKey !== outputKey && 'a key for each direction'),
      };
    }
    case 'bond':
      return { kind: 'bond', mode: device.mode ?? 'unknown' };
    case 'vrf':
      return { kind: 'vrf', table: device.table };
  }
}

function beyond(what: string | false): { readonly beyond?: string } {
  return what === false ? {} : { beyond: what };
}

/** RFC 5771: 224.0.0.0/4; RFC 4291: ff00::/8. */
function isGroup(address: string | null): boolean {
  if (address === null) return false;
  if (address.includes(':')) return address.startsWith('ff');
  const first = Number(address.slice(0, address.indexOf('.')));
  return first >= 224 && first <= 239;
}
