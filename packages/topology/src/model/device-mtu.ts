import type { Device } from './device.js';

/** What an Ethernet interface has that was made without an MTU (ETH_DATA_LEN). */
export const usualEthernetMtu = 1_500;

/** What a VXLAN takes of each packet of its parent: Ethernet, IPv4 or IPv6, UDP and VXLAN headers (VXLAN_HEADROOM, VXLAN6_HEADROOM). */
const vxlanHeadroom = { 4: 50, 6: 70 } as const;

/**
 * The MTU that the kernel gives a device that is made without one; null: it depends on what the node can reach then.
 *
 * @param parentMtu that of the interface below; null when there is none, or it is not known
 */
export function usualMtu(device: Device, parentMtu: number | null): number | null {
  switch (device.kind) {
    case 'vlan':
    case 'macvlan':
      return parentMtu;
    case 'vxlan': {
      if (device.parent === undefined) return usualEthernetMtu;
      const isV6 = device.local?.includes(':') === true || device.remote?.includes(':') === true;
      return parentMtu === null ? null : parentMtu - vxlanHeadroom[isV6 ? 6 : 4];
    }
    case 'dummy':
    case 'bond':
      return usualEthernetMtu;
    case 'gre':
      return null;
  }
}
