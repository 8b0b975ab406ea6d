/** A request that the simulated kernel refuses, with the number it gives (`EEXIST`). */
export class KernelError extends Error {
  constructor(readonly errno: string) {
    super(errno);
  }
}
