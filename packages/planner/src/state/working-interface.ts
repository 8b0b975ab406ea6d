import type { ObservedDevice, ObservedInterface, ObservedPortVlan, ObservedShaping } from '@vethlab/observed';
import { DEFAULT_MTU, type DesiredInterface } from '../desired/desired.js';
import type { VethEnd } from '../plan.js';
import { observedAs } from './device-change.js';

/** An interface as it will be at this point of the plan. Changes from step to step. */
export interface WorkingInterface {
  ifname: string;
  /** Its name in the kernel before the plan; null when the plan makes it. */
  readonly origin: string | null;
  /** The step that makes or renames it; what touches it depends on that. */
  base: string | null;
  /** The step that takes it up; routes over it depend on that. */
  upStep: string | null;
  /** The step that puts it into its VRF or bond; its routes are in another table before. */
  masterStep?: string;
  /** The last step that made the kernel drop routes of it; routes that are set again depend on that. */
  flushedBy: string | null;
  readonly type: string;
  up: boolean;
  mtu: number;
  mac: string | null;
  master: string | null;
  /** The other end by its names before the plan. */
  readonly peer: ObservedInterface['peer'];
  addresses: readonly WorkingAddress[];
  /** What it is made with, where it is no end of a veth pair and no bridge. */
  device?: ObservedDevice;
  /** Kind of the root qdisc, where there is one that somebody set. */
  qdisc?: string;
  shaping?: ObservedShaping;
  /** Of a bridge. */
  stp?: true;
  vlanFiltering?: true;
  /** Of a port; absent: those that every port begins with. */
  vlans?: readonly ObservedPortVlan[];
  /** The step that makes it a port. */
  portStep?: string;
}

/** Addresses are in the kernel's order: of one IPv4 subnet, the first is the primary. */
export interface WorkingAddress {
  readonly address: string;
  readonly kernelMade: boolean;
  /** The step that adds it, when this plan does. */
  readonly step?: string;
}

/** The interface as the kernel has it. */
export function observedInterface(observed: ObservedInterface): WorkingInterface {
  return {
    ifname: observed.ifname,
    origin: observed.ifname,
    base: null,
    upStep: null,
    flushedBy: null,
    type: observed.type,
    up: observed.up,
    mtu: observed.mtu,
    mac: observed.mac,
    master: observed.master,
    peer: observed.peer,
    addresses: observed.addresses,
    ...(observed.device === undefined ? {} : { device: observed.device }),
    ...(observed.qdisc === undefined ? {} : { qdisc: observed.qdisc }),
    ...(observed.shaping === undefined ? {} : { shaping: observed.shaping }),
    ...(observed.stp === undefined ? {} : { stp: observed.stp }),
    ...(observed.vlanFiltering === undefined ? {} : { vlanFiltering: observed.vlanFiltering }),
    ...(observed.vlans === undefined ? {} : { vlans: observed.vlans }),
  };
}

/** One end of a veth pair that the plan makes. */
export function madeVethEnd(end: VethEnd, base: string): WorkingInterface {
  return { ...made(end.ifname, 'veth', base), mtu: end.mtu ?? DEFAULT_MTU, mac: end.mac ?? null };
}

/** A device that the plan makes. */
export function madeDevice(wanted: DesiredInterface & { readonly device: object }, base: string): WorkingInterface {
  const device = wanted.device === null ? undefined : observedAs(wanted.device);
  return {
    ...made(wanted.ifname, wanted.device?.kind ?? 'other', base),
    mtu: wanted.mtu ?? DEFAULT_MTU,
    mac: wanted.mac,
    ...(device === undefined ? {} : { device }),
  };
}

/** A bridge that the plan makes. */
export function madeBridge(ifname: string, base: string): WorkingInterface {
  return made(ifname, 'bridge', base);
}

/** `lo` of a namespace that the plan makes: there from the start, and down. */
export function madeLoopback(base: string): WorkingInterface {
  return made('lo', 'loopback', base);
}

function made(ifname: string, type: string, base: string): WorkingInterface {
  return {
    ifname,
    origin: null,
    base,
    upStep: null,
    flushedBy: null,
    type,
    up: false,
    mtu: DEFAULT_MTU,
    mac: null,
    master: null,
    peer: null,
    addresses: [],
  };
}
