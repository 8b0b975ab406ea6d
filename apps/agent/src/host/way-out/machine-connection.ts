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
import { tableSpecOf } from '../../kernel/tables.js';
import { markOf } from '../mark.js';
import { clearWayOut } from './clear-ways-out.js';
import { ForwardingJournal } from './forwarding-journal.js';
import { firewallOfMachine } from './machine-firewall.js';
import { type Outward, outwardOf } from './outward.js';
import { machineResolver } from './resolver.js';
import { withMachineRules, withRoutes } from './sockets.js';
import { transitAt, transitPrefixLengths } from './transit.js';
import { turnOnForwarding } from './turn-on-forwarding.js';
import type { WayOutRecord, WayOutRecords } from './way-out-records.js';

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
  readonly #journal = new ForwardingJournal();
  #finish: (reason: string) => void = () => undefined;
  #isOver = false;
  #ifindex = 0;
  #timer: NodeJS.Timeout | null = null;
  /** What the rules were made of, and the number that another change of rules raises. */
  #set = { from: '', generation: -1 };

  constructor(record: WayOutRecord, records: WayOutRecords, wish: WayOutWish) {
    this.#record = record;
    this.#records = records;
    this.#transit = transitAt(record.index);
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
      withRoutes(undefined, (socket) => this.#join(socket, guard));
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
    this.#setRules(outward);
    // What is opened is on the loopback.
    writeSysctl(null, `net/ipv4/conf/${ifname}/route_localnet`, '1');
    run(socket, [
      setLink({ ifindex, up: true }),
      newAddress({ ifindex, address: machine, prefixLength: length }),
      ...(outward.ipv6 ? [newAddress({ ifindex, address: machine6, prefixLength: length6, noDad: true })] : []),
    ]);
    turnOnForwarding(this.#journal, ifname, namesOf(outward), outward);
    // Its default routes last: they are what the guard waits for.
    withRoutes(guard, (inside) => run(inside, this.#insideOf(inside, outward)));
  }

  #insideOf(inside: RtnetlinkSocket, { ipv6 }: Outward): readonly Request[] {
    const { machine, guard, machine6, guard6 } = this.#transit;
    const oif = inside.links().find(({ ifname }) => ifname === OUTSIDE_IFNAME)?.ifindex ?? 0;
    const via = (family: 4 | 6, gateway: string) => newRoute({ family, dst: null, prefixLength: 0, gateway, oif });
    const { ipv4: length, ipv6: length6 } = transitPrefixLengths;
    return [
      setLink({ ifindex: oif, up: true }),
      newAddress({ ifindex: oif, address: guard, prefixLength: length }),
      ...(ipv6
        ? [newAddress({ ifindex: oif, address: guard6, prefixLength: length6, noDad: true }), via(6, machine6)]
        : []),
      via(4, machine),
    ];
  }

  /** Level-triggered: whatever happened, it is set right, or over. */
  #look(): void {
    try {
      withRoutes(undefined, (socket) => {
        if (!socket.links().some(({ ifindex }) => ifindex === this.#ifindex)) {
          this.#end('Its interface on the machine was removed.');
          return;
        }
        const firewall = firewallOfMachine(this.#records);
        if (firewall !== null) {
          this.#end(`A firewall of the machine has a say about what is forwarded now: ${firewall}.`);
          return;
        }
        const outward = outwardOf(socket);
        turnOnForwarding(this.#journal, this.#transit.ifname, namesOf(outward), outward);
        this.#setRules(outward);
      });
    } catch (error) {
      this.#end(error instanceof Error ? error.message : String(error));
    }
  }

  /** All of the table or nothing; not at all when neither what it is made of nor any rule of the machine has changed since. */
  #setRules(outward: Outward): void {
    const { subnet, hostPorts } = this.#wish;
    const side = {
      transit: this.#transit,
      outward: namesOf(outward),
      hostPorts,
      nameServer: outsideAddresses(subnet).nameServer,
      resolver: machineResolver(),
    };
    const from = JSON.stringify(side);
    withMachineRules((tables) => {
      if (from === this.#set.from && tables.generation() === this.#set.generation) return;
      const answer = tables.replaceTable(tableSpecOf(machineChains(side), this.#transit.ifname));
      if (!answer.ok) throw answer.error;
      this.#set = { from, generation: tables.generation() };
    });
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

function namesOf({ interfaces }: Outward): string[] {
  return interfaces.map(({ ifname }) => ifname).sort();
}

function run(socket: RtnetlinkSocket, requests: readonly Request[]): void {
  for (const answer of socket.batchSync(requests)) if (!answer.ok) throw answer.error;
}
