import type { Operation } from '../plan.js';
import { operand } from './operand.js';

/**
 * The shortest times that the kernel takes with spanning tree on (net/bridge/br_private_stp.h), in hundredths of a second: a port forwards
 * after four seconds, and a neighbour that is gone is noticed after six.
 */
export const STP_TIMES = { forwardDelaySeconds: 2, helloTimeSeconds: 1, maxAgeSeconds: 6 } as const;

/** ip-link(8), "BRIDGE type support". */
export function bridgeCommand(operation: Extract<Operation, { op: 'set-bridge' }>): string {
  const { namespace, ifname, stp, vlanFiltering } = operation;
  const { forwardDelaySeconds, helloTimeSeconds, maxAgeSeconds } = STP_TIMES;
  const words = [
    stp === true
      ? `forward_delay ${forwardDelaySeconds * 100} hello_time ${helloTimeSeconds * 100} max_age ${maxAgeSeconds * 100}`
      : '',
    stp === undefined ? '' : `stp_state ${stp ? 1 : 0}`,
    vlanFiltering === undefined ? '' : `vlan_filtering ${vlanFiltering ? 1 : 0}`,
  ];
  const settings = words.filter((word) => word !== '').join(' ');
  return `ip -n ${operand(namespace)} link set dev ${operand(ifname)} type bridge ${settings}`;
}

/** bridge(8), one VLAN a line. */
export function addPortVlans(operation: Extract<Operation, { op: 'add-port-vlans' }>): string[] {
  return operation.vlans.map(({ id, pvid, untagged }) => {
    const flags = `${pvid ? ' pvid' : ''}${untagged ? ' untagged' : ''}`;
    return `${vlan(operation, 'add')} vid ${operand(id)}${flags}`;
  });
}

export function removePortVlans(operation: Extract<Operation, { op: 'remove-port-vlans' }>): string[] {
  return operation.ids.map((id) => `${vlan(operation, 'delete')} vid ${operand(id)}`);
}

function vlan({ namespace, ifname }: { readonly namespace: string; readonly ifname: string }, act: string): string {
  return `bridge -n ${operand(namespace)} vlan ${act} dev ${operand(ifname)}`;
}
