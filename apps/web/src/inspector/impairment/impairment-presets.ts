import type { Impairment } from '@vethlab/topology';

/** A kind of line that people know, in both directions. */
export interface Preset {
  readonly name: string;
  /** From the first end to the second: towards whoever is at home, down. */
  readonly down: Impairment;
  readonly up: Impairment;
}

const mbit = 1_000_000;

/** Round figures of ordinary lines, for showing what they feel like; nobody's measurements. */
export const presets: readonly Preset[] = [
  both('Office LAN over a slow switch', { delayMs: 1, rateBitsPerSecond: 100 * mbit }),
  {
    name: 'DSL',
    down: { delayMs: 12, jitterMs: 2, rateBitsPerSecond: 16 * mbit },
    up: { delayMs: 12, jitterMs: 2, rateBitsPerSecond: 1 * mbit },
  },
  {
    name: 'Mobile',
    down: { delayMs: 35, jitterMs: 15, lossPercent: 0.5, rateBitsPerSecond: 20 * mbit },
    up: { delayMs: 35, jitterMs: 15, lossPercent: 0.5, rateBitsPerSecond: 5 * mbit },
  },
  {
    name: 'Satellite',
    down: { delayMs: 280, jitterMs: 10, lossPercent: 0.1, rateBitsPerSecond: 25 * mbit },
    up: { delayMs: 280, jitterMs: 10, lossPercent: 0.1, rateBitsPerSecond: 3 * mbit },
  },
  both('Lossy Wi-Fi', { delayMs: 5, jitterMs: 4, lossPercent: 5, reorderPercent: 2 }),
];

function both(name: string, impairment: Impairment): Preset {
  return { name, down: impairment, up: impairment };
}
