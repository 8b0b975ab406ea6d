/** Stable names of what can keep a sandbox from running; listed in the README of this package. */
export type SandboxErrorCode =
  /** Labs are Linux network namespaces: nothing else can run them. */
  | 'sandbox.not-linux'
  /** A program the sandbox is built with is not installed. */
  | 'sandbox.tool-missing'
  /** The kernel, a security module or a container refuses user namespaces to ordinary processes. */
  | 'sandbox.user-namespaces-forbidden'
  /** User namespaces work, but one of the other namespaces or the new /proc does not. */
  | 'sandbox.namespaces-forbidden'
  /** Started as root, and the folders for uids and agent copies cannot be written. */
  | 'sandbox.runtime-folder'
  /** The agent speaks another version of the messages. */
  | 'sandbox.agent-version'
  /** The agent ended, or could not be started. */
  | 'sandbox.agent-failed'
  /** The agent did not answer in time. */
  | 'sandbox.agent-timeout';

/** What went wrong with a sandbox, why, and how to mend it. `code` may also be one that the agent itself gave (`fatal`). */
export class SandboxError extends Error {
  override readonly name = 'SandboxError';
  readonly code: SandboxErrorCode | (string & {});
  /** One sentence for people: what failed and why. */
  readonly reason: string;
  /** One sentence for people: what to do about it. */
  readonly remedy: string;

  constructor(
    problem: { readonly code: SandboxErrorCode | (string & {}); readonly reason: string; readonly remedy: string },
    options?: ErrorOptions,
  ) {
    super(`${problem.reason} ${problem.remedy}`.trim(), options);
    this.code = problem.code;
    this.reason = problem.reason;
    this.remedy = problem.remedy;
  }
}
