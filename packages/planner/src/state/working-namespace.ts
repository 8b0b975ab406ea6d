import {
  type ObservedNamespace,
  type ObservedRoute,
  type ObservedTable,
  type ObservedWayOut,
  observedParent,
} from '@vethlab/observed';
import { SMALLEST_IPV6_MTU } from '../desired/desired.js';
import { familyOf } from '../desired/subnet.js';
import { madeLoopback, type WorkingInterface } from './working-interface.js';
import { WorkingInterfaces } from './working-interfaces.js';

/**
 * A namespace as it will be at this point of the plan, with what the kernel does by itself when a step touches it.
 * Made for the namespaces that a plan looks at, and only for those.
 */
export class WorkingNamespace {
  name: string;
  /** Its name in the kernel before the plan; null when the plan makes it. */
  readonly origin: string | null;
  /** The step that makes or renames it. */
  base: string | null = null;
  /** Null: unknown, because a new namespace may take it from the machine's initial one. */
  forwarding: { readonly ipv4: boolean; readonly ipv6: boolean } | null;
  readonly interfaces: WorkingInterfaces;
  readonly wayOut: ObservedWayOut | null;
  routes: readonly ObservedRoute[];
  readonly tables: readonly ObservedTable[] | undefined;
  /** Most nodes have ends of links only: nothing stands on anything, and nobody needs to look. */
  private deviceSeen: boolean | null = null;

  private constructor(name: string, observed: ObservedNamespace | null) {
    this.name = name;
    this.origin = observed === null ? null : name;
    this.forwarding = observed?.forwarding ?? null;
    this.routes = observed?.routes ?? [];
    this.wayOut = observed?.wayOut ?? null;
    this.tables = observed?.tables;
    this.interfaces = new WorkingInterfaces(observed);
  }

  /** As the kernel has it. */
  static observed(name: string, observed: ObservedNamespace): WorkingNamespace {
    return new WorkingNamespace(name, observed);
  }

  /** As the kernel makes it: `lo`, down, and nothing else. */
  static made(name: string, base: string): WorkingNamespace {
    const namespace = new WorkingNamespace(name, null);
    namespace.base = base;
    namespace.interfaces.set('lo', madeLoopback(base));
    return namespace;
  }

  /**
   * Kernel: an interface takes its addresses and routes along, and what stands on it; a bridge lets its ports go, a bond its
   * members (down), a VRF its interfaces (which go down and up again). Gives all names that went.
   */
  removeInterface(ifname: string, step: string | null = null): readonly string[] {
    const type = this.interfaces.peek(ifname)?.type;
    const standing = this.standingOn(ifname);
    if (!this.interfaces.delete(ifname)) return [];
    this.dropRoutes((route) => route.dev === ifname);
    for (const other of type === 'veth' ? [] : this.interfaces.names()) {
      if (this.interfaces.peek(other)?.master !== ifname) continue;
      const port = this.interfaces.get(other);
      if (port === undefined) continue;
      port.master = null;
      if (type === 'vrf' || type === 'bond') this.leaveMaster(port, type, step ?? '');
    }
    return [ifname, ...standing.flatMap((other) => this.removeInterface(other, step))];
  }

  /** Kernel: going down drops IPv6 addresses and every route of the interface; IPv4 addresses stay. Its VLANs go down with it. */
  setDown(device: WorkingInterface, step: string): void {
    device.up = false;
    this.flush(device, step);
    for (const vlan of this.vlansOn(device.ifname)) if (vlan.up) this.setDown(vlan, step);
  }

  /** Kernel: its VLANs go up with it, also those that were down before. */
  setUp(device: WorkingInterface, step: string): void {
    device.up = true;
    device.upStep = step;
    for (const vlan of this.vlansOn(device.ifname)) if (!vlan.up) this.setUp(vlan, step);
  }

  /** Kernel: a member of a bond takes its MTU and is up. It was down. */
  joinBond(device: WorkingInterface, bond: WorkingInterface, step: string): void {
    device.mtu = bond.mtu;
    this.setUp(device, step);
  }

  /** Kernel: an interface that a VRF lets go goes down and up by itself, one that a bond lets go is down. */
  private leaveMaster(device: WorkingInterface, master: 'vrf' | 'bond', step: string): void {
    if (!device.up) return;
    if (master === 'bond') this.setDown(device, step);
    else {
      this.flush(device, step);
      for (const vlan of this.vlansOn(device.ifname)) if (vlan.up) this.flush(vlan, step);
      for (const vlan of this.vlansOn(device.ifname)) if (!vlan.up) this.setUp(vlan, step);
    }
  }

  /** Kernel: under 1280 an interface loses IPv6, addresses and routes. What stands on it has at most its MTU; members of a bond have it. */
  setMtu(device: WorkingInterface, mtu: number, step: string): void {
    device.mtu = mtu;
    if (mtu < SMALLEST_IPV6_MTU) {
      this.dropIpv6(device);
      if (this.dropRoutes((route) => route.dev === device.ifname && route.family === 6)) device.flushedBy = step;
    }
    for (const name of this.standingOn(device.ifname)) {
      const other = this.interfaces.get(name);
      const follows = other?.type === 'vlan' || other?.type === 'macvlan';
      if (other !== undefined && follows && other.mtu > mtu) this.setMtu(other, mtu, step);
    }
    if (device.type !== 'bond') return;
    for (const name of this.interfaces.names()) {
      const other = this.interfaces.peek(name)?.master === device.ifname ? this.interfaces.get(name) : undefined;
      if (other !== undefined) this.setMtu(other, mtu, step);
    }
  }

  /** Kernel: with the last IPv4 address of an interface go its IPv4 routes (fib_disable_ip). IPv6 routes stay. */
  removeAddress(device: WorkingInterface, address: string, step: string): void {
    device.addresses = device.addresses.filter((other) => other.address !== address);
    if (device.addresses.some((other) => familyOf(other.address) === 4)) return;
    if (this.dropRoutes((route) => route.dev === device.ifname && route.family === 4)) device.flushedBy = step;
  }

  renameInterface(device: WorkingInterface, to: string, step: string): void {
    const from = device.ifname;
    for (const name of this.standingOn(from)) {
      const other = this.interfaces.get(name);
      if (other?.device !== undefined && 'parent' in other.device) other.device = { ...other.device, parent: to };
    }
    if (device.type === 'bond') {
      for (const name of this.interfaces.names()) {
        const member = this.interfaces.peek(name)?.master === from ? this.interfaces.get(name) : undefined;
        if (member !== undefined) member.master = to;
      }
    }
    this.interfaces.delete(from);
    device.ifname = to;
    device.base = step;
    this.interfaces.set(to, device);
    if (device.device !== undefined) this.deviceSeen = true;
  }

  /** Puts in an interface that the plan makes. */
  addInterface(device: WorkingInterface): void {
    this.interfaces.set(device.ifname, device);
    if (device.device !== undefined) this.deviceSeen = true;
  }

  /** Names of interfaces whose parent this one is. */
  standingOn(ifname: string): readonly string[] {
    this.deviceSeen ??= [...this.interfaces.names()].some((name) => this.interfaces.peek(name)?.device !== undefined);
    if (!this.deviceSeen) return [];
    return [...this.interfaces.names()].filter((name) => observedParent(this.interfaces.peek(name)?.device) === ifname);
  }

  private vlansOn(ifname: string): readonly WorkingInterface[] {
    return this.standingOn(ifname).flatMap((name) => {
      const other = this.interfaces.get(name);
      return other?.type === 'vlan' ? [other] : [];
    });
  }

  private flush(device: WorkingInterface, step: string): void {
    this.dropIpv6(device);
    if (this.dropRoutes((route) => route.dev === device.ifname)) device.flushedBy = step;
  }

  private dropIpv6(device: WorkingInterface): void {
    device.addresses = device.addresses.filter((address) => familyOf(address.address) === 4);
  }

  private dropRoutes(gone: (route: ObservedRoute) => boolean): boolean {
    const left = this.routes.filter((route) => !gone(route));
    const dropped = left.length !== this.routes.length;
    if (dropped) this.routes = left;
    return dropped;
  }
}
