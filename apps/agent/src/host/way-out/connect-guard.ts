import { inNewNamespace, refusalOfTable } from '@vethlab/netlink';
import type { WayOutWish } from '@vethlab/planner';
import type { ConnectGuard } from '@vethlab/sandbox';
import { freeTransit } from './free-transit.js';
import { MachineConnection } from './machine-connection.js';
import { firewallOfMachine } from './machine-firewall.js';
import { outwardOf } from './outward.js';
import { withMachineRules, withRoutes } from './sockets.js';
import { WayOutRecords } from './way-out-records.js';

/** Whether this machine may carry ways out by itself once it has a network; where not, pasta is needed. */
export function machineMayForward(): boolean {
  return whyPasta(new WayOutRecords()) === null;
}

function machineCanForward(): boolean {
  return inNewNamespace(() => refusalOfTable('inet') === null);
}

/**
 * Joins guards of a lab to the machine's own network where that works: the machine has a default route, its kernel has nf_tables, and no firewall of
 * the machine has a say about what is forwarded. Everywhere else pasta does it, which needs none of that.
 */
export function connectGuardOf(lab: string, tell: (what: string) => void): ConnectGuard {
  const records = new WayOutRecords();
  return (wish) => {
    const index = whyPasta(records) ?? takeTransit(lab, wish, records);
    if (typeof index === 'number') return new MachineConnection({ index, lab }, records, wish);
    tell(`The way out of ${wish.namespace} is made by pasta. ${index}`);
    return index;
  };
}

/** Null: nothing of the machine is in the way of forwarding. */
function whyPasta(records: WayOutRecords): string | null {
  if (!machineCanForward()) return 'This kernel has no nf_tables of the family inet.';
  const firewall = firewallOfMachine(records);
  return firewall === null ? null : `A firewall of this machine has a say about what is forwarded: ${firewall}.`;
}

function takeTransit(lab: string, wish: WayOutWish, records: WayOutRecords): number | string {
  return withRoutes(undefined, (socket) => {
    if (!outwardOf(socket).ipv4) return 'This machine has no default route.';
    const tables = withMachineRules((rules) => rules.chains().map(({ table }) => table));
    const inUse = {
      ifnames: new Set(socket.links().map(({ ifname }) => ifname)),
      tables: new Set(tables),
      networks: [
        ...socket.routes().flatMap(({ dst, prefixLength }) => (dst === null ? [] : [{ address: dst, prefixLength }])),
        ...socket.addresses(),
      ],
      subnet: wish.subnet,
    };
    return freeTransit(inUse, (index) => records.take({ index, lab })) ?? 'No network is free for one.';
  });
}
