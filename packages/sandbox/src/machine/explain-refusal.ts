import type { MachineProblem } from './check-machine.js';
import type { KernelSwitches } from './kernel-switches.js';

/** The profile that allows labs under Ubuntu's restriction; kept in the repository, installed by the person who owns the machine. */
const apparmorProfile = 'vethlab-unshare';

/**
 * Why the kernel would not make a sandbox, and how to mend it, from what unshare(1) said on stderr and the kernel's switches.
 * The switches are asked first: they say for certain what the one `EPERM` of all causes cannot.
 */
export function explainRefusal(stderr: string, switches: KernelSwitches): MachineProblem {
  if (switches.maxUserNamespaces === 0) {
    return forbidden(
      'User namespaces are switched off on this machine (user.max_user_namespaces is 0).',
      'Allow them with: sudo sysctl -w user.max_user_namespaces=15000 (and write the same line into /etc/sysctl.d/60-vethlab.conf to keep it).',
    );
  }
  if (switches.unprivilegedUsernsClone === 0) {
    return forbidden(
      'This kernel lets only root make user namespaces (kernel.unprivileged_userns_clone is 0).',
      'Allow them with: sudo sysctl -w kernel.unprivileged_userns_clone=1 (and write the same line into /etc/sysctl.d/60-vethlab.conf to keep it).',
    );
  }
  if (switches.apparmorRestrictsUserns !== null && switches.apparmorRestrictsUserns > 0) {
    return forbidden(
      'AppArmor allows user namespaces only to programs with a profile, and unshare has none here (kernel.apparmor_restrict_unprivileged_userns is 1).',
      `Install the AppArmor profile "${apparmorProfile}" that comes with Vethlab: sudo install -m 644 scripts/apparmor/${apparmorProfile} /etc/apparmor.d/ && sudo apparmor_parser -r /etc/apparmor.d/${apparmorProfile}`,
    );
  }
  const exhausted = (
    [
      ['user.max_net_namespaces', switches.maxNetNamespaces],
      ['user.max_pid_namespaces', switches.maxPidNamespaces],
      ['user.max_mnt_namespaces', switches.maxMntNamespaces],
    ] as const
  ).find(([, limit]) => limit === 0);
  if (exhausted !== undefined) {
    return {
      code: 'sandbox.namespaces-forbidden',
      reason: `A kind of namespace that labs need is switched off on this machine (${exhausted[0]} is 0).`,
      remedy: `Allow it with: sudo sysctl -w ${exhausted[0]}=15000`,
    };
  }
  if (/mount \S*\/?proc\S* failed/.test(stderr)) {
    return {
      code: 'sandbox.namespaces-forbidden',
      reason: `A sandbox may not mount a /proc of its own here, as in a container that hides parts of /proc (${quote(stderr)}).`,
      remedy: 'In a container, start it with --security-opt systempaths=unconfined, or run Vethlab outside of it.',
    };
  }
  if (/No space left on device/.test(stderr)) {
    return {
      code: 'sandbox.namespaces-forbidden',
      reason: `The limit on namespaces is used up, or namespaces are nested too deep (${quote(stderr)}).`,
      remedy: 'Close other labs and sandboxes, or raise the user.max_*_namespaces sysctls.',
    };
  }
  if (/Operation not permitted|Permission denied/.test(stderr)) {
    return forbidden(
      `Something on this machine forbids user namespaces: no kernel switch does, so it is a security module or the filter of a container (${quote(stderr)}).`,
      'In a Docker container, start it with --security-opt seccomp=unconfined --security-opt apparmor=unconfined --security-opt systempaths=unconfined, or run Vethlab outside of it.',
    );
  }
  return {
    code: 'sandbox.namespaces-forbidden',
    reason: `A sandbox cannot be made on this machine (${quote(stderr)}).`,
    remedy:
      'See which part fails with: unshare --user --map-root-user unshare --user --map-root-user --net --mount --pid --ipc --uts --fork --mount-proc true',
  };
}

function forbidden(reason: string, remedy: string): MachineProblem {
  return { code: 'sandbox.user-namespaces-forbidden', reason, remedy };
}

/** What the tool said, on one line and without anything a terminal would obey. */
function quote(stderr: string): string {
  const line = stderr.replaceAll(/[^\x20-\x7e]+/g, ' ').trim();
  return line === '' ? 'unshare failed without a message' : line.slice(0, 200);
}
