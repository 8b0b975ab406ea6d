/** A fault that a person can mend: what, where, how. Printed by `main`, with the exit code. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  readonly what: string;
  readonly where: string;
  readonly how: string;
  readonly exitCode: number;
  /** Stable, for `--json`. */
  readonly code: string;

  constructor(
    fault: {
      readonly code: string;
      readonly what: string;
      readonly where: string;
      readonly how: string;
      readonly exitCode: number;
    },
    options?: ErrorOptions,
  ) {
    super(fault.what, options);
    this.code = fault.code;
    this.what = fault.what;
    this.where = fault.where;
    this.how = fault.how;
    this.exitCode = fault.exitCode;
  }
}
