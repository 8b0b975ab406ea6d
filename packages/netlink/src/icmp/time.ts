import { libc } from '../libc/calls.js';
import { check } from '../libc/check.js';
import { CLOCK_REALTIME } from '../libc/constants.js';

/** A moment on two clocks. Milliseconds with a fraction; exact to about 0.25 µs. */
export interface SendTime {
  /** The clock that never steps (`performance.now()`). */
  readonly monotonicMs: number;
  /** The wall clock, which the kernel stamps received packets with. */
  readonly realtimeMs: number;
}

/** A moment on two clocks, and the kernel's own stamp, taken when the packet came in. */
export interface ReceiveTime extends SendTime {
  /** Wall clock; null when the kernel gave none. */
  readonly kernelRealtimeMs: number | null;
}

/**
 * How far the wall clock may move against the monotonic one between sending and reading. Reading one clock after the other
 * takes microseconds, slewing by NTP is at most 0.05 %: beyond this the wall clock was set.
 */
const LARGEST_DISAGREEMENT_MS = 0.5;
const SLEW = 0.001;

const timespec = new DataView(new ArrayBuffer(16));
const timespecBytes = new Uint8Array(timespec.buffer);

/** Reads both clocks, one directly after the other. */
export function readClocks(): SendTime {
  const monotonicMs = performance.now();
  check(libc.clockGettime(CLOCK_REALTIME, timespecBytes), 'clock_gettime');
  return { monotonicMs, realtimeMs: timespecMs(timespec, 0) };
}

/** Reads a struct timespec (two 64-bit numbers: seconds, nanoseconds). */
export function timespecMs(view: DataView, at: number): number {
  return Number(view.getBigInt64(at, true)) * 1000 + Number(view.getBigInt64(at + 8, true)) / 1e6;
}

/**
 * The time between sending and receiving, in milliseconds.
 *
 * The kernel's stamp leaves out how long the answer waited to be read, but it is on the wall clock, which may be set at any
 * time. So it counts only if both clocks agree on how long it took until the answer was read, and if it lies between sending
 * and reading. Otherwise the monotonic time until the reading counts, which is never too short.
 */
export function roundTripMs(sent: SendTime, received: ReceiveTime): number {
  const untilRead = Math.max(0, received.monotonicMs - sent.monotonicMs);
  if (received.kernelRealtimeMs === null) return untilRead;
  const step = Math.abs(received.realtimeMs - sent.realtimeMs - untilRead);
  const stamped = received.kernelRealtimeMs - sent.realtimeMs;
  const plausible = stamped >= 0 && stamped <= untilRead + LARGEST_DISAGREEMENT_MS;
  return plausible && step <= LARGEST_DISAGREEMENT_MS + untilRead * SLEW ? Math.min(stamped, untilRead) : untilRead;
}
