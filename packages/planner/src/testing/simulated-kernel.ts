import { type Observed, type ObservedPortVlan, observedParent } from '@vethlab/observed';
import type { Impairment } from '@vethlab/topology';
import type { Operation, VethEnd } from '../plan.js';
import { qdiscOf, shapingOf } from '../shaping/qdisc.js';
import { KernelError } from './kernel-error.js';
import { addAddress, removeAddress } from './simulated-addresses.js';
import { change, checkNew, drop, lookOf, mtuOf, setMaster, setMtu, takeDown, takeUp } from './simulated-devices.js';
import { removeRoute, setRoute } from './simulated-routes.js';
import { fromObserved, type SimInterface, type SimNamespace, type SimState, toObserved } from './simulated-state.js';

export interface SimulatedKernelOptions {
  /** `net.ipv4.conf.*.promote_secondaries`: 0 in the kernel, 1 on machines with systemd. */
  readonly promoteSecondaries: boolean;
  /** What a new namespace copies from the machine's initial one. */
  readonly newNamespacesForward: boolean;
}

type InsideOperation = Exclude<
  Operation,
  { op: 'add-namespace' | 'rename-namespace' | 'remove-namespace' | 'add-veth' }
>;

/**
 * What the kernel does with each operation, its side effects included, as measured on Linux 6.18. Written apart from
 * the planner's own picture (WorkingNamespace), so that one checks the other.
 */
export class SimulatedKernel {
  private readonly state: SimState;
  private lastNumber = 1000;

  constructor(
    observed: Observed,
    private readonly options: SimulatedKernelOptions = { promoteSecondaries: false, newNamespacesForward: false },
  ) {
    this.state = fromObserved(observed);
  }

  look(): Observed {
    return toObserved(this.state);
  }

  /** Null when done, else the error number the kernel gives. */
  apply(operation: Operation): string | null {
    try {
      this.run(operation);
      return null;
    } catch (error) {
      if (error instanceof KernelError) return error.errno;
      throw error;
    }
  }

  private run(operation: Operation): void {
    switch (operation.op) {
      case 'add-namespace':
        this.addNamespace(operation.namespace);
        break;
      case 'rename-namespace':
        this.renameNamespace(operation.namespace, operation.to);
        break;
      case 'remove-namespace':
        this.removeNamespace(operation.namespace);
        break;
      case 'add-veth':
        this.addVeth(operation.ends);
        break;
      default:
        this.runInside(this.namespace(operation.namespace), operation);
    }
  }

  private runInside(namespace: SimNamespace, operation: InsideOperation): void {
    switch (operation.op) {
      case 'set-forwarding':
        setForwarding(namespace, operation.family, operation.enabled);
        break;
      case 'add-bridge':
        this.addInterface(namespace, operation.ifname, 'bridge');
        break;
      case 'add-device': {
        const { ifname, device, mtu, mac } = operation;
        checkNew(namespace, device);
        this.addInterface(namespace, ifname, device.kind);
        const made = this.interface(namespace, ifname);
        const look = lookOf(device);
        if (look !== undefined) made.device = look;
        made.mtu = mtuOf(namespace, device);
        if (mtu !== undefined) setMtu(namespace, made, mtu);
        if (mac !== undefined) made.mac = mac;
        break;
      }
      case 'set-device':
        change(this.interface(namespace, operation.ifname), operation.device);
        break;
      case 'remove-interface':
        this.removeInterface(namespace, operation.ifname);
        break;
      case 'rename-interface':
        this.renameInterface(namespace, operation.ifname, operation.to);
        break;
      case 'set-interface':
        this.setInterface(namespace, operation);
        break;
      case 'skip-dad':
        // A setting for the future of interfaces: nothing that a look shows.
        break;
      case 'open-way-out':
        namespace.wayOut = { subnet: operation.subnet, hostPorts: operation.hostPorts };
        break;
      case 'close-way-out':
        delete namespace.wayOut;
        break;
      case 'set-rules':
        namespace.tables = namespace.tables.filter(({ name, family }) => name !== 'vethlab' || family !== 'inet');
        if (operation.chains.length > 0) {
          namespace.tables.push({
            family: 'inet',
            name: 'vethlab',
            chains: operation.chains.map(({ names: _, ...chain }) => chain),
          });
        }
        break;
      case 'remove-table': {
        const { family, table } = operation;
        const left = namespace.tables.filter((one) => one.name !== table || one.family !== family);
        if (left.length === namespace.tables.length) throw new KernelError('ENOENT');
        namespace.tables = left;
        break;
      }
      case 'limit-rate':
        this.limitRate(this.interface(namespace, operation.ifname), operation.bitsPerSecond);
        break;
      case 'set-bridge': {
        const bridge = this.interface(namespace, operation.ifname);
        if (bridge.type !== 'bridge') throw new KernelError('EOPNOTSUPP');
        for (const field of ['stp', 'vlanFiltering'] as const) {
          if (operation[field] === true) bridge[field] = true;
          else if (operation[field] === false) delete bridge[field];
        }
        break;
      }
      case 'add-port-vlans':
        addPortVlans(this.interface(namespace, operation.ifname), operation.vlans);
        break;
      case 'remove-port-vlans':
        removePortVlans(this.interface(namespace, operation.ifname), operation.ids);
        break;
      case 'set-impairment':
        this.setImpairment(this.interface(namespace, operation.ifname), operation.impairment);
        break;
      case 'add-address':
        addAddress(this.interface(namespace, operation.ifname), operation.address);
        break;
      case 'remove-address':
        removeAddress(
          namespace,
          this.interface(namespace, operation.ifname),
          operation.address,
          this.options.promoteSecondaries,
        );
        break;
      case 'set-route':
        setRoute(namespace, operation.route);
        break;
      case 'remove-route':
        removeRoute(namespace, operation.route);
        break;
    }
  }

  private namespace(name: string): SimNamespace {
    const namespace = this.state.get(name);
    if (namespace === undefined) throw new KernelError('ENOENT');
    return namespace;
  }

  private interface(namespace: SimNamespace, ifname: string): SimInterface {
    const found = namespace.interfaces.get(ifname);
    if (found === undefined) throw new KernelError('ENODEV');
    return found;
  }

  private addNamespace(name: string): void {
    if (this.state.has(name)) throw new KernelError('EEXIST');
    const forwards = this.options.newNamespacesForward;
    const namespace: SimNamespace = {
      inode: this.number(),
      forwarding: { ipv4: forwards, ipv6: forwards },
      interfaces: new Map(),
      routes: [],
      tables: [],
    };
    this.state.set(name, namespace);
    this.addInterface(namespace, 'lo', 'loopback');
  }

  private renameNamespace(from: string, to: string): void {
    const namespace = this.namespace(from);
    if (this.state.has(to)) throw new KernelError('EEXIST');
    this.state.delete(from);
    this.state.set(to, namespace);
    for (const { peer } of this.allInterfaces()) if (peer?.namespace === from) peer.namespace = to;
  }

  private removeNamespace(name: string): void {
    const namespace = this.namespace(name);
    this.state.delete(name);
    for (const { peer } of namespace.interfaces.values()) if (peer !== null) this.dropPeer(peer);
  }

  private addVeth(ends: readonly [VethEnd, VethEnd]): void {
    const [a, b] = ends;
    if (a.namespace === b.namespace && a.ifname === b.ifname) throw new KernelError('EEXIST');
    for (const { namespace, ifname } of ends) {
      if (this.namespace(namespace).interfaces.has(ifname)) throw new KernelError('EEXIST');
    }
    for (const [near, far] of [ends, [b, a]] as const) {
      const namespace = this.namespace(near.namespace);
      this.addInterface(namespace, near.ifname, 'veth');
      const made = this.interface(namespace, near.ifname);
      made.peer = { namespace: far.namespace, ifname: far.ifname };
      if (near.mtu !== undefined) made.mtu = near.mtu;
      if (near.mac !== undefined) made.mac = near.mac;
    }
  }

  private addInterface(namespace: SimNamespace, ifname: string, type: string): void {
    if (namespace.interfaces.has(ifname)) throw new KernelError('EEXIST');
    const ifindex = this.number();
    namespace.interfaces.set(ifname, {
      ifname,
      ifindex,
      type,
      up: false,
      mtu: type === 'loopback' ? 65536 : 1500,
      mac: `02:00:00:00:${(ifindex >> 8).toString(16).padStart(2, '0')}:${(ifindex & 255).toString(16).padStart(2, '0')}`,
      master: null,
      portState: null,
      peer: null,
      addresses: [],
    });
  }

  private removeInterface(namespace: SimNamespace, ifname: string): void {
    const found = this.interface(namespace, ifname);
    if (found.type === 'loopback') throw new KernelError('EOPNOTSUPP');
    drop(namespace, ifname);
    if (found.peer !== null) this.dropPeer(found.peer);
  }

  private dropPeer(peer: { readonly namespace: string; readonly ifname: string }): void {
    const namespace = this.state.get(peer.namespace);
    if (namespace !== undefined) drop(namespace, peer.ifname);
  }

  private renameInterface(namespace: SimNamespace, from: string, to: string): void {
    const found = this.interface(namespace, from);
    if (namespace.interfaces.has(to)) throw new KernelError('EEXIST');
    if (found.up) throw new KernelError('EBUSY');
    namespace.interfaces.delete(from);
    found.ifname = to;
    namespace.interfaces.set(to, found);
    for (const other of namespace.interfaces.values()) {
      if (other.master === from) other.master = to;
      if (observedParent(other.device) === from && other.device !== undefined) {
        other.device = { ...other.device, parent: to } as typeof other.device;
      }
    }
    namespace.routes = namespace.routes.map((route) => (route.dev === from ? { ...route, dev: to } : route));
    if (found.peer === null) return;
    const far = this.state.get(found.peer.namespace)?.interfaces.get(found.peer.ifname);
    if (far?.peer !== null && far?.peer !== undefined) far.peer.ifname = to;
  }

  private setInterface(namespace: SimNamespace, change: Extract<Operation, { op: 'set-interface' }>): void {
    const found = this.interface(namespace, change.ifname);
    if (change.mac !== undefined) found.mac = change.mac;
    if (change.mtu !== undefined) setMtu(namespace, found, change.mtu);
    if (change.master !== undefined) setMaster(namespace, found, change.master);
    if (change.up === true) takeUp(namespace, found);
    if (change.up === false) takeDown(namespace, found);
  }

  private limitRate(found: SimInterface, bitsPerSecond: number | null): void {
    this.setImpairment(found, bitsPerSecond === null ? null : { rateBitsPerSecond: bitsPerSecond });
  }

  private setImpairment(found: SimInterface, impairment: Impairment | null): void {
    if (impairment === null) {
      if (found.qdisc === undefined) throw new KernelError('ENOENT');
      delete found.qdisc;
      delete found.shaping;
      return;
    }
    found.shaping = shapingOf(qdiscOf(impairment));
    found.qdisc = found.shaping.kind;
  }

  private *allInterfaces(): Generator<SimInterface> {
    for (const namespace of this.state.values()) yield* namespace.interfaces.values();
  }

  private number(): number {
    this.lastNumber += 1;
    return this.lastNumber;
  }
}

function addPortVlans(port: SimInterface, added: readonly ObservedPortVlan[]): void {
  if (port.vlans === undefined) throw new KernelError('EOPNOTSUPP');
  const vlans = new Map(port.vlans.map((one) => [one.id, one]));
  for (const one of added) {
    // There is one PVID: the newest.
    if (one.pvid) for (const [id, other] of vlans) vlans.set(id, { ...other, pvid: false });
    vlans.set(one.id, one);
  }
  port.vlans = [...vlans.values()].sort((a, b) => a.id - b.id);
}

function removePortVlans(port: SimInterface, ids: readonly number[]): void {
  if (port.vlans === undefined) throw new KernelError('EOPNOTSUPP');
  for (const id of ids) if (!port.vlans.some((one) => one.id === id)) throw new KernelError('ENOENT');
  port.vlans = port.vlans.filter(({ id }) => !ids.includes(id));
}

function setForwarding(namespace: SimNamespace, family: 4 | 6, enabled: boolean): void {
  namespace.forwarding = { ...namespace.forwarding, [family === 4 ? 'ipv4' : 'ipv6']: enabled };
}
