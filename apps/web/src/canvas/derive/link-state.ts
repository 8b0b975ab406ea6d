import type { DriftItem, Rate } from '@vethlab/protocol';
import type { Appearance, EndpointState } from './endpoint-state';

export interface LinkState {
  readonly ends: readonly [EndpointState, EndpointState];
  /** The worse of the two ends. */
  readonly appearance: Appearance;
  /** What a person should read: the ends differ, or one word for both. */
  readonly drift: boolean;
  /** Bits per second from the first to the second end, and back. */
  readonly forwardBitsPerSecond: number;
  readonly backwardBitsPerSecond: number;
}

/** From best to worst; a link looks like the worse of its ends. */
const severity: Readonly<Record<Appearance, number>> = { up: 0, 'no-carrier': 1, 'admin-down': 2, planned: 3 };

export function worseOf(first: Appearance, second: Appearance): Appearance {
  return severity[first] >= severity[second] ? first : second;
}

/** Puts two ends together. `rates` are those of the ends: what the first sends is what flows forward. */
export function linkState(
  ends: readonly [EndpointState, EndpointState],
  rates: readonly [Rate | undefined, Rate | undefined],
  drifting: ReadonlySet<string>,
): LinkState {
  const [first, second] = ends;
  return {
    ends,
    appearance: worseOf(first.appearance, second.appearance),
    drift: drifting.has(first.endpoint) || drifting.has(second.endpoint),
    ...flow(rates),
  };
}

/** What flows each way. Either end may lack counters (a far end in another namespace that is gone); the other end saw the same bits. */
export function flow([first, second]: readonly [Rate | undefined, Rate | undefined]): Pick<
  LinkState,
  'forwardBitsPerSecond' | 'backwardBitsPerSecond'
> {
  return {
    forwardBitsPerSecond: first?.txBitsPerSecond ?? second?.rxBitsPerSecond ?? 0,
    backwardBitsPerSecond: first?.rxBitsPerSecond ?? second?.txBitsPerSecond ?? 0,
  };
}

/** Endpoints and nodes with drift, as `node:ifname` and `node`. */
export function driftingObjects(items: readonly DriftItem[]): ReadonlySet<string> {
  const objects = new Set<string>();
  for (const item of items) {
    objects.add(item.namespace);
    if (item.ifname !== undefined) objects.add(`${item.namespace}:${item.ifname}`);
  }
  return objects;
}
