const units = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** `0 B`, `1.2 MB`: decimal steps, as rates have them. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const text = value >= 99.5 || unit === 0 ? Math.round(value).toString() : value.toFixed(1).replace(/\.0$/, '');
  return `${text} ${units[unit] ?? 'B'}`;
}
