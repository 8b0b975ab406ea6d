import type { DesiredDevice } from '../desired/desired.js';
import { operand } from './operand.js';

/** How often a bond looks at the carrier of its members. Without it nothing ever fails over; 100 ms is what the kernel's guide advises. */
export const BOND_MIIMON_MS = 100;

/** What stands before `type`: the interface below, for the kinds that name it there. */
export function belowWords(device: DesiredDevice): string {
  return device.kind === 'vlan' || device.kind === 'macvlan' ? `link ${operand(device.parent)} ` : '';
}

/** `type vlan id 10`, as ip-link(8) has it. With `change`, what can be said of an interface that is there. */
export function typeWords(device: DesiredDevice, change = false): string {
  switch (device.kind) {
    case 'vlan':
      return `type vlan id ${operand(device.id)}`;
    case 'vxlan': {
      const { id, local, remote, port, parent } = device;
      const ends = [
        local === undefined ? '' : ` local ${operand(local)}`,
        remote === undefined ? '' : ` remote ${operand(remote)}`,
      ];
      // Said of one that is there, the kernel refuses the port even when it is the same.
      const rest = change ? '' : ` dstport ${operand(port)}`;
      return `type vxlan id ${operand(id)}${ends.join('')}${rest}${parent === undefined ? '' : ` dev ${operand(parent)}`}`;
    }
    case 'macvlan':
      return `type macvlan mode ${operand(device.mode)}`;
    case 'dummy':
      return 'type dummy';
    case 'gre': {
      const { local, remote, key, ttl } = device;
      const keyWords = key === undefined ? '' : ` key ${operand(key)}`;
      return `type gre local ${operand(local)} remote ${operand(remote)}${keyWords} ttl ${ttl === undefined ? 'inherit' : operand(ttl)}`;
    }
    case 'bond':
      return `type bond mode ${operand(device.mode)} miimon ${BOND_MIIMON_MS}`;
    case 'vrf':
      return `type vrf table ${operand(device.table)}`;
  }
}
