/** Of what leaves an interface, tc-netem(8) and tc-tbf(8). At least one of them; what is absent is not done. */
export interface Impairment {
  /** Whole microseconds, as three digits behind the point. */
  readonly delayMs?: number;
  /** How far the delay varies, up and down. Needs a delay. */
  readonly jitterMs?: number;
  readonly lossPercent?: number;
  readonly duplicatePercent?: number;
  /** This share of the packets is sent at once, before those that wait for their delay. Needs a delay. */
  readonly reorderPercent?: number;
  readonly corruptPercent?: number;
  /** Whole bytes a second. */
  readonly rateBitsPerSecond?: number;
  /** Packets that may wait; more are dropped. */
  readonly limitPackets?: number;
}

export type ImpairmentField = keyof Impairment;

/** The keys of an impairment in a lab file, in the order in which they are written. */
export const impairmentKeys = {
  delayMs: 'delay',
  jitterMs: 'jitter',
  lossPercent: 'loss',
  duplicatePercent: 'duplicate',
  reorderPercent: 'reorder',
  corruptPercent: 'corrupt',
  rateBitsPerSecond: 'rate',
  limitPackets: 'limit',
} as const satisfies Readonly<Record<ImpairmentField, string>>;

export const impairmentFields = Object.keys(impairmentKeys) as readonly ImpairmentField[];
