/** Numbers as people read them. All of them stay numbers until here. */

const grouped = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

/** `1,000`. */
export function formatCount(count: number): string {
  return grouped.format(count);
}

/** `1 step`, `312 steps`. */
export function formatQuantity(count: number, singular: string, plural: string = `${singular}s`): string {
  return `${formatCount(count)} ${count === 1 ? singular : plural}`;
}

/** A duration with three figures at most: `0.042 ms`, `8.25 ms`, `312 ms`, `1.42 s`, `2 min 5 s`. */
export function formatMs(ms: number): string {
  if (!Number.isFinite(ms) || ms < 0) return '–';
  if (ms < 1) return `${trimmed(ms, 3)} ms`;
  if (ms < 10) return `${trimmed(ms, 2)} ms`;
  if (ms < 100) return `${trimmed(ms, 1)} ms`;
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${trimmed(ms / 1_000, ms < 10_000 ? 2 : 1)} s`;
  const seconds = Math.round(ms / 1_000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** Round-trip time of a ping, as on the canvas: in milliseconds with as many digits as mean something, `0.020 ms`, `1.24 ms`, `24 ms`. */
export function formatRtt(rttMs: number): string {
  if (rttMs < 0.1) return `${rttMs.toFixed(3)} ms`;
  if (rttMs < 10) return `${rttMs.toFixed(2)} ms`;
  return `${Math.round(rttMs)} ms`;
}

/** An interval as the lab file writes it: `500ms`, `1s`. */
export function formatInterval(ms: number): string {
  return ms % 1_000 === 0 ? `${ms / 1_000}s` : `${ms}ms`;
}

/** A share of one as per cent: `0 %`, `1.7 %`, `100 %`. */
export function formatShare(share: number): string {
  const percent = share * 100;
  return `${percent === 0 || percent >= 10 ? Math.round(percent) : trimmed(percent, 1)} %`;
}

/** How long ago, roughly: `just now`, `5 min ago`, `3 h ago`, then the date. */
export function formatAgo(thenMs: number, nowMs: number): string {
  const seconds = Math.max(0, (nowMs - thenMs) / 1_000);
  if (seconds < 60) return 'just now';
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3_600)} h ago`;
  return new Intl.DateTimeFormat('en', { dateStyle: 'medium' }).format(thenMs);
}

/** Clock time of an event: `16:04:27`. */
export function formatClock(atMs: number): string {
  return new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(atMs);
}

function trimmed(value: number, digits: number): string {
  return String(Number(value.toFixed(digits)));
}
