import type { Device, DeviceKind } from '@vethlab/topology';

/** What each kind is called where people read it. */
export const deviceKindWords: Readonly<Record<DeviceKind, string>> = {
  vlan: 'VLAN',
  vxlan: 'VXLAN',
  macvlan: 'macvlan',
  dummy: 'dummy',
  gre: 'GRE tunnel',
  bond: 'bond',
};

/** A few letters for beside a dot: `VLAN 10`, `VXLAN 42`, `bond`. */
export function deviceMark(device: Device): string {
  switch (device.kind) {
    case 'vlan':
    case 'vxlan':
      return `${deviceKindWords[device.kind]} ${device.id}`;
    case 'gre':
      return 'GRE';
    default:
      return deviceKindWords[device.kind];
  }
}

/** All of it in one line: `VLAN 10 on eth0`, `bond of eth0 and eth1, active-backup`. */
export function deviceWords(device: Device): string {
  switch (device.kind) {
    case 'vlan':
      return `VLAN ${device.id} on ${device.parent}`;
    case 'macvlan':
      return `macvlan on ${device.parent}, ${device.mode}`;
    case 'dummy':
      return 'dummy, leads nowhere';
    case 'bond':
      return `${device.members.length === 0 ? 'bond without members' : `bond of ${device.members.join(' and ')}`}, ${device.mode}`;
    case 'gre':
      return `GRE tunnel ${device.local} → ${device.remote}${device.key === undefined ? '' : `, key ${device.key}`}`;
    case 'vxlan': {
      const ends = [device.local, device.remote].filter((address) => address !== undefined).join(' → ');
      return [
        `VXLAN ${device.id}`,
        ...(ends === '' ? [] : [ends]),
        ...(device.parent ? [`over ${device.parent}`] : []),
      ].join(', ');
    }
  }
}
