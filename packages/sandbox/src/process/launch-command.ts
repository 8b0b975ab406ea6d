import type { Identity } from '../identity/identity.js';
import type { ToolPaths } from '../machine/tools.js';
import type { Limits } from './limits.js';

/** Every kind of namespace a lab has for itself; unshare(1). With the user namespace comes the right to make the others. */
const namespaceFlags = ['--user', '--map-root-user', '--net', '--mount', '--pid', '--ipc', '--uts'];

/**
 * The descriptor of the user namespace around the sandbox's own, which the first process holds: whoever is root there can do in the lab what its
 * root can, and make what the lab's root cannot change. Ways out are made there (outside/). Pid 1 closes it before anything else.
 */
const outerUserFd = 9;

const holdOuterUser = `exec ${outerUserFd}</proc/self/ns/user; exec "$@"`;

/** Where that user namespace is, for the pid of a `launchCommand` with `nested`. */
export const outerUserOf = (pid: number): string => `/proc/${pid}/fd/${outerUserFd}`;

/** A user namespace around that of the sandbox. */
export function nested(tools: ToolPaths): readonly string[] {
  const outer = [tools.unshare, '--user', '--map-root-user', '--'];
  return [...outer, tools.sh, '-c', holdOuterUser, 'vethlab-outer'];
}

/**
 * Pid 1 of the sandbox: a shell that waits. While it waits for the agent it reaps every orphan the kernel hands it, and it
 * ends with the agent's own exit code; with pid 1 gone the kernel ends all others. `exit $?` keeps the shell from
 * replacing itself by the agent, which would make the agent pid 1, with no default signal actions and zombies to reap.
 */
const initScript = `exec ${outerUserFd}<&-; "$@"; exit $?`;

/** The name of pid 1 in `ps`. */
const initName = 'vethlab-init';

/**
 * Flags that keep a sandbox from outliving us: `--fork --kill-child` ties pid 1 to the unshare process, and
 * `setpriv --pdeathsig` (below) ties the unshare process to us.
 */
const lifelineFlags = ['--fork', '--kill-child', '--mount-proc'];

/** How the process gives up rights before it makes its namespaces; setpriv(1). `identity` is null for an ordinary user. */
export function dropRights(tools: ToolPaths, identity: Identity | null): readonly [string, ...string[]] {
  const uid = identity === null ? [] : ['--reuid', `${identity.uid}`, '--regid', `${identity.uid}`, '--clear-groups'];
  // The parent death signal is set last by setpriv: a change of uid would clear it again (prctl(2)).
  return [tools.setpriv, ...uid, '--no-new-privs', '--pdeathsig', 'KILL', '--'];
}

/** `command` in namespaces of its own, as their root. */
export function inNamespaces(tools: ToolPaths, command: readonly string[]): readonly string[] {
  return [tools.unshare, ...namespaceFlags, ...lifelineFlags, '--', ...command];
}

/** The whole command line that starts an agent; the pid of its first process stays the pid of `unshare`. */
export function launchCommand(options: {
  readonly tools: ToolPaths;
  readonly identity: Identity | null;
  readonly limits: Limits;
  readonly agent: readonly string[];
  /** Words around the sandbox's own namespaces; `nested` or `confinement` makes them. */
  readonly around?: readonly string[];
}): readonly [string, ...string[]] {
  const { tools, identity, limits, agent, around = [] } = options;
  // Limits come after the namespaces: from Linux 5.14 on, processes are then counted per sandbox and not per user.
  const limited = [
    tools.prlimit,
    `--nproc=${limits.processes}:${limits.processes}`,
    `--nofile=${limits.openFiles}:${limits.openFiles}`,
    '--core=0:0',
    '--',
  ];
  const init = [tools.sh, '-c', initScript, initName];
  return [...dropRights(tools, identity), ...around, ...inNamespaces(tools, [...limited, ...init, ...agent])];
}
