const units = ['bit/s', 'kbit/s', 'Mbit/s', 'Gbit/s', 'Tbit/s'] as const;

/** `0 bit/s`, `840 bit/s`, `1.2 Mbit/s`: three digits at most, decimal steps as network people count. */
export function formatRate(bitsPerSecond: number): string {
  let value = Math.max(0, bitsPerSecond);
  let unit = 0;
  // 999.5 would round to "1000"; step up before that.
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const text = value >= 99.5 || unit === 0 ? Math.round(value).toString() : value.toFixed(1).replace(/\.0$/, '');
  return `${text} ${units[unit] ?? 'bit/s'}`;
}

/** Width of a wire in pixels: 1.75 at rest, growing with each decade up to 6 at 10 Gbit/s, so that a ping and a flood differ. */
export function wireWidth(bitsPerSecond: number): number {
  if (bitsPerSecond < 1) return restWidth;
  const decades = Math.log10(bitsPerSecond);
  return Math.min(6, restWidth + decades * 0.425);
}

const restWidth = 1.75;
