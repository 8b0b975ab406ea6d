import type { ObservedShaping } from '@vethlab/observed';

/** What `tc -r -j qdisc` prints of one. Shares are from 0 to 1, times in seconds, rates in bytes. */
export interface TcQdisc {
  readonly kind: string;
  readonly dev: string;
  readonly root?: boolean;
  readonly options?: {
    readonly limit?: number;
    readonly delay?: { readonly delay: number; readonly jitter: number };
    readonly 'loss-random'?: { readonly loss: number };
    readonly duplicate?: { readonly duplicate: number };
    readonly reorder?: { readonly reorder: number };
    readonly corrupt?: { readonly corrupt: number };
    readonly rate?: number | { readonly rate: number };
  };
}

/** Root qdiscs by interface. `-r` makes `tc` print the limit of a token bucket, instead of the time that it stands for. */
export function shapingsOf(qdiscs: readonly TcQdisc[]): ReadonlyMap<string, ObservedShaping> {
  return new Map(
    qdiscs
      .filter(({ root, kind }) => root === true && (kind === 'tbf' || kind === 'netem'))
      .map(({ dev, kind, options = {} }) => {
        const { delay, rate, limit } = options;
        const bytes = typeof rate === 'number' ? rate : (rate?.rate ?? 0);
        const shaping: Record<string, number> = {
          delayMs: rounded((delay?.delay ?? 0) * 1000),
          jitterMs: rounded((delay?.jitter ?? 0) * 1000),
          lossPercent: rounded((options['loss-random']?.loss ?? 0) * 100),
          duplicatePercent: rounded((options.duplicate?.duplicate ?? 0) * 100),
          reorderPercent: rounded((options.reorder?.reorder ?? 0) * 100),
          corruptPercent: rounded((options.corrupt?.corrupt ?? 0) * 100),
          rateBitsPerSecond: bytes * 8,
          limitPackets: kind === 'netem' ? (limit ?? 0) : 0,
          limitBytes: kind === 'tbf' ? (limit ?? 0) : 0,
        };
        const said = Object.entries(shaping).filter(([, value]) => value !== 0);
        return [dev, { kind, ...Object.fromEntries(said) } as ObservedShaping] as const;
      }),
  );
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
