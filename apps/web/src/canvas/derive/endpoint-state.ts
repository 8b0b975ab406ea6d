import type { Observed, ObservedInterface, Operstate } from '@vethlab/observed';
import type { EndpointText, Interface, Link } from '@vethlab/topology';
import type { Liveness } from '../../lab';

/**
 * How an end is drawn. `planned`: asked for, not in the kernel (yet).
 * The others are what the kernel says, never what was asked for.
 */
export type Appearance = 'up' | 'admin-down' | 'no-carrier' | 'planned';

/** The three truths of one end: what was asked, what the kernel says, and how that is drawn. */
export interface EndpointState {
  readonly endpoint: EndpointText;
  /** Admin state that is wanted: that of the interface, unless the link takes both ends down. */
  readonly wantedUp: boolean;
  /** Null: the kernel has no such interface. */
  readonly kernel: { readonly up: boolean; readonly carrier: boolean; readonly operstate: Operstate } | null;
  readonly appearance: Appearance;
  /** Spanning tree keeps the port of a bridge from forwarding: for good, or for a few seconds. Null: it forwards, or is no port. */
  readonly held: 'blocking' | 'waiting' | null;
}

/** The word for each appearance; a state is never told by colour alone. */
export const appearanceWord: Readonly<Record<Appearance, string>> = {
  up: 'up',
  'admin-down': 'down',
  'no-carrier': 'no carrier',
  planned: 'not in the kernel yet',
};

/** The word for a state with what may be said of it: nothing runs, or nothing has been heard since. */
export function stateWord(appearance: Appearance, liveness: Liveness): string {
  if (liveness === 'idle') return 'not running';
  return liveness === 'unknown' ? `${appearanceWord[appearance]} when last seen` : appearanceWord[appearance];
}

/** What the kernel says of an interface, or null. Names come from the kernel, so own properties only. */
export function observedInterface(observed: Observed, node: string, ifname: string): ObservedInterface | null {
  if (!Object.hasOwn(observed.namespaces, node)) return null;
  const interfaces = observed.namespaces[node]?.interfaces ?? {};
  return Object.hasOwn(interfaces, ifname) ? (interfaces[ifname] ?? null) : null;
}

/** Derives one end. `link` is null for an interface that no wire uses. */
export function endpointState(
  endpoint: EndpointText,
  wanted: Interface | null,
  link: Link | null,
  kernel: ObservedInterface | null,
): EndpointState {
  return {
    endpoint,
    wantedUp: (wanted?.up ?? true) && (link?.up ?? true),
    kernel: kernel ? { up: kernel.up, carrier: kernel.carrier, operstate: kernel.operstate } : null,
    appearance: appearanceOf(kernel),
    held: heldOf(kernel),
  };
}

function heldOf(kernel: ObservedInterface | null): EndpointState['held'] {
  if (kernel === null || !kernel.up || !kernel.carrier) return null;
  if (kernel.portState === 'blocking') return 'blocking';
  return kernel.portState === 'listening' || kernel.portState === 'learning' ? 'waiting' : null;
}

/** Carrier means nothing while the interface is down, so admin state is asked first. */
export function appearanceOf(kernel: Pick<ObservedInterface, 'up' | 'carrier'> | null): Appearance {
  if (kernel === null) return 'planned';
  if (!kernel.up) return 'admin-down';
  return kernel.carrier ? 'up' : 'no-carrier';
}
