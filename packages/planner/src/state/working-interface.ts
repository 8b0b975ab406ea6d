import type { ObservedInterface, ObservedShaping } from '@vethlab/observed';
import { DEFAULT_MTU } from '../desired/desired.js';
import type { VethEnd } from '../plan.js';

/** An interface as it will be at this point of the plan. Changes from step to step. */
export interface WorkingInterface {
  ifname: string;
  /** Its name in the kernel before the plan; null when the plan makes it. */
  readonly origin: string | null;
  /** The step that makes or renames it; what touches it depends on that. */
  base: string | null;
  /** The step that takes it up; routes over it depend on that. */
  upStep: string | null;
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
  /** Kind of the root qdisc, where there is one that somebody set. */
  qdisc?: string;
  shaping?: ObservedShaping;
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
    ...(observed.qdisc === undefined ? {} : { qdisc: observed.qdisc }),
    ...(observed.shaping === undefined ? {} : { shaping: observed.shaping }),
  };
}

/** One end of a veth pair that the plan makes. */
export function madeVethEnd(end: VethEnd, base: string): WorkingInterface {
  return { ...made(end.ifname, 'veth', base), mtu: end.mtu ?? DEFAULT_MTU, mac: end.mac ?? null };
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
