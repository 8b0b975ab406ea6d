import {
  type NamespaceHandle,
  newAddress,
  newRoute,
  newVeth,
  openNamespacePath,
  type Request,
  type RtnetlinkSocket,
  setLink,
  writeSysctl,
} from '@vethlab/netlink';
import { machineChains, OUTSIDE_IFNAME, type Transit, type WayOutWish } from '@vethlab/planner';
import type { GuardAddresses, GuardConnection } from '@vethlab/sandbox';
import { outsideAddresses } from '@vethlab/topology';
import { markOf } from '../mark.js';
import { clearWayOut } from './clear-ways-out.js';
import { ForwardingJournal } from './forwarding-journal.js';
import { forwardingSwitches } from './forwarding-switches.js';
import { withMachineLock } from './machine-lock.js';
import { MachineTable } from './machine-table.js';
import { type Outward, outwardOf } from './outward.js';
import { machineResolver } from './resolver.js';
import { setSharedRules } from './shared-rules.js';
import { withRoutes } from './sockets.js';
import { transitAt, transitPrefixLengths } from './transit.js';
import type { WayOutRecord, WayOutRecords } from './way-out-records.js';
import { whyPasta } from './why-pasta.js';

/** How often it is looked whether everything is as it was made: interfaces of the machine come and go, and so do firewalls. */
const lookEveryMs = 2_000;

/**
 * Joins a guard to the machine's own network: a pair, and a table of nf_tables of its own, by which what the guard sends leaves by the machine's default
 * interfaces. Nobody else's rule, route or interface is touched; what is turned on is written down and turned off again (`ForwardingJournal`).
 */
export class MachineConnection implements GuardConnection {
  readonly ended: Promise<string>;
  readonly #record: WayOutRecord;
  readonly #records: WayOutRecords;
  readonly #transit: Transit;
  readonly #wish: WayOutWish;
  readonly #table: MachineTable;
  readonly #journal = new ForwardingJournal();
  #finish: (reason: string) => void = () => undefined;
  #isOver = false;
  #hasIpv6 = false;
  #ifindex = 0;
  #timer: NodeJS.Timeout | null = null;

  constructor(record: WayOutRecord, records: WayOutRecords, wish: WayOutWish) {
    this.#record = record;
    this.#records = records;
    this.#transit = transitAt(record.index);
    this.#table = new MachineTable(this.#transit.ifname);
    this.#wish = wish;
    this.ended = new Promise((resolve) => {
      this.#finish = resolve;
    });
  }

  get addresses(): GuardAddresses {
    const { machine, guard, machine6, guard6 } = this.#transit;
    const { ipv4 } = transitPrefixLengths;
    return { gateway: machine, node: guard, prefixLength: ipv4, gateway6: machine6, node6: guard6 };
  }

  connect(guardPid: number): void {
    const guard = openNamespacePath(`/proc/${guardPid}/ns/net`, null);
    try {
      withMachineLock(() => {
        // Whoever took the lab down meanwhile has struck it out.
        if (this.#isOver || !this.#records.isOf(this.#record)) throw new Error('It was ended.');
        withRoutes(undefined, (socket) => this.#join(socket, guard));
      });
    } finally {
      guard.close();
    }
    this.#timer = setInterval(() => this.#look(), lookEveryMs);
    this.#timer.unref();
  }

  end(): void {
    this.#end('It was ended.');
  }

  #join(socket: RtnetlinkSocket, guard: NamespaceHandle): void {
    const { ifname, machine, machine6 } = this.#transit;
    const outward = outwardOf(socket);
    this.#hasIpv6 = outward.ipv6;
    const mtu = Math.min(...outward.interfaces.map((one) => one.mtu));
    const end = { queues: 1, ...(Number.isFinite(mtu) ? { mtu } : {}) };
    run(socket, [
      newVeth({ a: { ifname, ...end }, b: { ifname: OUTSIDE_IFNAME, namespaceFd: guard.fd, ...end } }),
      setLink({ ifname, alias: markOf(this.#record.lab) }),
    ]);
    this.#ifindex = socket.links().find((link) => link.ifname === ifname)?.ifindex ?? 0;
    const { ipv4: length, ipv6: length6 } = transitPrefixLengths;
    const ifindex = this.#ifindex;
    // The rules first: nothing may pass without them.
    this.#set(outward);
    // What is opened is on the loopback.
    writeSysctl(null, `net/ipv4/conf/${ifname}/route_localnet`, '1');
    run(socket, [
      setLink({ ifindex, up: true }),
      newAddress({ ifindex, address: machine, prefixLength: length }),
      ...(outward.ipv6 ? [newAddress({ ifindex, address: machine6, prefixLength: length6, noDad: true })] : []),
    ]);
    // Its default routes last: they are what the guard waits for.
    withRoutes(guard, (inside) => run(inside, this.#insideOf(inside, outward)));
  }

  #insideOf(inside: RtnetlinkSocket, { ipv6 }: Outward): readonly Request[] {
    const { machine, guard, machine6, guard6 } = this.#transit;
    const oif = inside.links().find(({ ifname }) => ifname === OUTSIDE_IFNAME)?.ifindex ?? 0;
    const via = (family: 4 | 6, gateway: string) => newRoute({ family, dst: null, prefixLength: 0, gateway, oif });
    const { ipv4: length, ipv6: length6 } = transitPrefixLengths;
    const address6 = newAddress({ ifindex: oif, address: guard6, prefixLength: length6, noDad: true });
    return [
      setLink({ ifindex: oif, up: true }),
      newAddress({ ifindex: oif, address: guard, prefixLength: length }),
      ...(ipv6 ? [address6, via(6, machine6)] : []),
      via(4, machine),
    ];
  }

  /** Level-triggered: whatever happened, it is set right, or over. */
  #look(): void {
    try {
      const reason = withMachineLock(() => withRoutes(undefined, (socket) => this.#setRight(socket)));
      if (reason !== null) this.#end(reason);
    } catch (error) {
      this.#end(error instanceof Error ? error.message : String(error));
    }
  }

  /** Null: everything is as it should be now; otherwise why it cannot go on. */
  #setRight(socket: RtnetlinkSocket): string | null {
    if (!socket.links().some(({ ifindex }) => ifindex === this.#ifindex))
      return 'Its interface on the machine was removed.';
    const outward = outwardOf(socket);
    // Without a default route there is nothing to do but wait for the next one.
    const why = outward.ipv4 ? whyPasta(socket, this.#wish, this.#records) : null;
    if (why !== null) return why;
    if (outward.ipv6 && !this.#hasIpv6) return 'The machine has IPv6 now.';
    this.#set(outward);
    return null;
  }

  /** Rules and switches, as far as they are not as they should be. What holds back comes before what lets through. */
  #set(outward: Outward): void {
    const { subnet, hostPorts } = this.#wish;
    const names = outward.interfaces.map(({ ifname }) => ifname).sort();
    const { nameServer } = outsideAddresses(subnet);
    const side = { transit: this.#transit, outward: names, hostPorts, nameServer, resolver: machineResolver() };
    this.#table.set(machineChains(side));
    const { own, machine } = forwardingSwitches(this.#transit.ifname, names, outward);
    this.#journal.note(machine);
    setSharedRules(this.#records, this.#journal);
    this.#journal.turn([...own, ...machine]);
  }

  #end(reason: string): void {
    if (this.#isOver) return;
    this.#isOver = true;
    if (this.#timer !== null) clearInterval(this.#timer);
    try {
      clearWayOut(this.#record, this.#records);
      this.#finish(reason);
    } catch (error) {
      // What stays is in our account of it, and goes with the lab.
      this.#finish(`${reason} Not everything could be taken away: ${String(error)}`);
    }
  }
}

function run(socket: RtnetlinkSocket, requests: readonly Request[]): void {
  for (const answer of socket.batchSync(requests)) if (!answer.ok) throw answer.error;
}
