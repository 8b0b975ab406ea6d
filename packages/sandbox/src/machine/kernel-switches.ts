import { readFile } from 'node:fs/promises';

/** The sysctls that can forbid user namespaces; null where this kernel has no such switch. */
export interface KernelSwitches {
  /** Debian's own: 0 forbids user namespaces to all but root. */
  readonly unprivilegedUsernsClone: number | null;
  /** How many user namespaces one user may have; namespaces(7). */
  readonly maxUserNamespaces: number | null;
  readonly maxNetNamespaces: number | null;
  readonly maxPidNamespaces: number | null;
  readonly maxMntNamespaces: number | null;
  /** Ubuntu's: 1 leaves user namespaces only to programs whose AppArmor profile allows them. */
  readonly apparmorRestrictsUserns: number | null;
}

export async function readKernelSwitches(): Promise<KernelSwitches> {
  return {
    unprivilegedUsernsClone: await readNumber('/proc/sys/kernel/unprivileged_userns_clone'),
    maxUserNamespaces: await readNumber('/proc/sys/user/max_user_namespaces'),
    maxNetNamespaces: await readNumber('/proc/sys/user/max_net_namespaces'),
    maxPidNamespaces: await readNumber('/proc/sys/user/max_pid_namespaces'),
    maxMntNamespaces: await readNumber('/proc/sys/user/max_mnt_namespaces'),
    apparmorRestrictsUserns: await readNumber('/proc/sys/kernel/apparmor_restrict_unprivileged_userns'),
  };
}

async function readNumber(file: string): Promise<number | null> {
  try {
    const value = Number.parseInt(await readFile(file, 'utf8'), 10);
    return Number.isNaN(value) ? null : value;
  } catch {
    return null;
  }
}
