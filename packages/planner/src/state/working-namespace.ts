import type { ObservedNamespace, ObservedRoute, ObservedTable, ObservedWayOut } from '@vethlab/observed';
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

  /** Kernel: an interface takes its addresses and routes along; a bridge lets its ports go. */
  removeInterface(ifname: string): void {
    const type = this.interfaces.peek(ifname)?.type;
    if (!this.interfaces.delete(ifname)) return;
    this.dropRoutes((route) => route.dev === ifname);
    if (type === 'veth') return;
    for (const other of this.interfaces.names()) {
      if (this.interfaces.peek(other)?.master !== ifname) continue;
      const port = this.interfaces.get(other);
      if (port !== undefined) port.master = null;
    }
  }

  /** Kernel: going down drops IPv6 addresses and every route of the interface; IPv4 addresses stay. */
  setDown(device: WorkingInterface, step: string): void {
    device.up = false;
    this.dropIpv6(device);
    if (this.dropRoutes((route) => route.dev === device.ifname)) device.flushedBy = step;
  }

  /** Kernel: under 1280 an interface loses IPv6, addresses and routes. */
  setMtu(device: WorkingInterface, mtu: number, step: string): void {
    device.mtu = mtu;
    if (mtu >= SMALLEST_IPV6_MTU) return;
    this.dropIpv6(device);
    if (this.dropRoutes((route) => route.dev === device.ifname && route.family === 6)) device.flushedBy = step;
  }

  /** Kernel: with the last IPv4 address of an interface go its IPv4 routes (fib_disable_ip). IPv6 routes stay. */
  removeAddress(device: WorkingInterface, address: string, step: string): void {
    device.addresses = device.addresses.filter((other) => other.address !== address);
    if (device.addresses.some((other) => familyOf(other.address) === 4)) return;
    if (this.dropRoutes((route) => route.dev === device.ifname && route.family === 4)) device.flushedBy = step;
  }

  renameInterface(device: WorkingInterface, to: string, step: string): void {
    this.interfaces.delete(device.ifname);
    device.ifname = to;
    device.base = step;
    this.interfaces.set(to, device);
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
