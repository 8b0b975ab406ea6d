const nobody = new Int32Array(new SharedArrayBuffer(4));

/** Waits on this thread, where no event may come between. */
export function waitHere(ms: number): void {
  Atomics.wait(nobody, 0, 0, ms);
}
