import type { Operstate } from '@vethlab/observed';
import type { Liveness } from '../../lab';
import type { Appearance, EndpointState } from './endpoint-state';

/** The three states of one end in words: admin state, carrier, operstate (RFC 2863, in the kernel's lower case as in the inspector). */
export interface EndStateText {
  /** The longest first, for where there is less room. Never empty. */
  readonly texts: readonly string[];
  /** Says more than the wire itself does; otherwise it is for those who look at this wire. */
  readonly tells: boolean;
}

/** What the kernel's verdict follows from, so that it says nothing new. `unknown` is that of devices that have none. */
const usualOperstates: Readonly<Record<Appearance, readonly Operstate[]>> = {
  up: ['up', 'unknown'],
  'admin-down': ['down'],
  'no-carrier': ['lowerlayerdown', 'down'],
  planned: [],
};

/** Whether the kernel's verdict says nothing that the appearance has not said. */
export function isUsualOperstate(appearance: Appearance, operstate: Operstate): boolean {
  return usualOperstates[appearance].includes(operstate);
}

/**
 * The words beside one end of a wire.
 * @param other the far end: when both are alike, the label in the middle of the wire has said it
 * @returns null when the kernel has no such interface, or nothing runs
 */
export function endStateText(
  { kernel, appearance }: Pick<EndpointState, 'kernel' | 'appearance'>,
  other: Appearance,
  liveness: Liveness,
): EndStateText | null {
  if (kernel === null || liveness === 'idle') return null;
  const { operstate } = kernel;
  const tells = appearance !== other || !isUsualOperstate(appearance, operstate);
  // Carrier means nothing while the interface is down.
  if (!kernel.up) return { texts: [`admin down · ${operstate}`, 'admin down'], tells };
  const carrier = kernel.carrier ? 'carrier' : 'no carrier';
  return { texts: [`up · ${carrier} · ${operstate}`, `${carrier} · ${operstate}`, operstate], tells };
}
