import { inNewNamespace, type RtnetlinkSocket, refusalOfTable } from '@vethlab/netlink';
import type { WayOutWish } from '@vethlab/planner';
import { firewallOfMachine } from './machine-firewall.js';
import { hasPolicyRouting, outwardOf } from './outward.js';
import { machineResolver, placeOfResolver } from './resolver.js';
import type { WayOutRecords } from './way-out-records.js';

let hasTables: boolean | null = null;

/** Asked once: a kernel does not change. */
function hasNfTables(): boolean {
  hasTables ??= inNewNamespace(() => refusalOfTable('inet') === null);
  return hasTables;
}

/** Why the machine's own network cannot be the way out of this node now, in a sentence; null: it can. */
export function whyPasta(
  socket: RtnetlinkSocket,
  { hostPorts }: Pick<WayOutWish, 'hostPorts'>,
  records: WayOutRecords,
): string | null {
  if (!hasNfTables()) return 'This kernel has no nf_tables of the family inet.';
  const outward = outwardOf(socket);
  if (!outward.ipv4) return 'This machine has no default route.';
  if (hasPolicyRouting(socket)) return 'This machine has rules of policy routing.';
  const place = placeOfResolver(machineResolver(), socket, outward);
  if (place === 'out-of-reach') return 'The name server of this machine cannot be reached by what it forwards.';
  const firewall = firewallOfMachine(records, hostPorts.length > 0 || place === 'on-machine');
  return firewall === null ? null : `A firewall of this machine has a say about what passes: ${firewall}.`;
}

/** Whether pasta is needed whatever network the machine gets: its kernel or its firewall say so. */
export function needsPasta(records: WayOutRecords): boolean {
  return !hasNfTables() || firewallOfMachine(records, false) !== null;
}
