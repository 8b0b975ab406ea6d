import type { RtnetlinkSocket } from '@vethlab/netlink';
import type { WayOutWish } from '@vethlab/planner';
import type { ConnectGuard } from '@vethlab/sandbox';
import { freeTransit } from './free-transit.js';
import { MachineConnection } from './machine-connection.js';
import { withMachineLock } from './machine-lock.js';
import { withMachineRules, withRoutes } from './sockets.js';
import { WayOutRecords } from './way-out-records.js';
import { whyPasta } from './why-pasta.js';

/**
 * Joins guards of a lab to the machine's own network where that works: the machine has a default route and nf_tables, and neither a firewall nor rules
 * of routing that have a say about what is forwarded. Everywhere else pasta does it, which needs none of that.
 */
export function connectGuardOf(lab: string): ConnectGuard {
  const records = new WayOutRecords();
  return (wish) => {
    try {
      const found = withMachineLock(() =>
        withRoutes(undefined, (socket) => whyPasta(socket, wish, records) ?? takeTransit(socket, lab, wish, records)),
      );
      return typeof found === 'string' ? found : new MachineConnection({ index: found, lab }, records, wish);
    } catch (error) {
      return `The network of this machine cannot be used: ${error instanceof Error ? error.message : String(error)}`;
    }
  };
}

function takeTransit(socket: RtnetlinkSocket, lab: string, wish: WayOutWish, records: WayOutRecords): number | string {
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
}
