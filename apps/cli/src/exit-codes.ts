/** The exit codes of `vethlab`, part of the public contract (README, "Command line"). */
export const exitCodes = {
  ok: 0,
  /** A lab file that is not valid, or a command that was not understood. */
  invalid: 1,
  /** The kernel would not do what the lab asks, or does not look like it afterwards. */
  applyFailed: 3,
  /** This machine cannot run labs. */
  machine: 4,
  /** Something went wrong that is no fault of the lab, of the machine or of what was typed (EX_SOFTWARE of sysexits.h). */
  internal: 70,
} as const;

/** A shell reports a process that a signal ended as 128 + its number. */
export const signalOffset = 128;
