import type { LiveReading } from './live-reading.js';
import type { LiveSection } from './live-section.js';

/** A namespace somebody looks at, and which of its sections. */
export interface LiveWish {
  /** Empty: the root namespace of the lab. */
  readonly node: string;
  readonly sections: readonly LiveSection[];
}

/** Browser → server: look at one node, or (null) at none any more. Replaces what was asked before. Answer: `done`, then `live`. */
export interface InspectMessage extends Omit<LiveWish, 'node'> {
  readonly type: 'inspect';
  readonly requestId: string;
  readonly node: string | null;
}

/** Server → the browsers that look: sections that changed; at first all that were asked for. Not numbered as broadcasts are. */
export interface LiveMessage extends LiveReading {
  readonly type: 'live';
}

/** Server → agent: everything that is looked at now. Replaces what was asked before. */
export interface InspectOrder {
  readonly type: 'inspect';
  readonly wishes: readonly LiveWish[];
}

/** Server → agent: one reading of one node, now. Answer: `looked`. */
export interface LookOrder extends LiveWish {
  readonly type: 'look';
  readonly id: string;
}

/** Agent → server: sections that changed since the last such message. */
export interface LiveNews extends LiveReading {
  readonly type: 'live';
}

/** Agent → server: the answer to `look`. */
export interface LookAnswer {
  readonly type: 'looked';
  readonly id: string;
  readonly reading: LiveReading;
}
