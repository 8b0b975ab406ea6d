import { filterCalls, machineCalls } from './filter.js';

/** `<linux/seccomp.h>`: before Linux 5.16 a filter would slow its process down as a mitigation that is for hostile code, and not for this. */
const SECCOMP_FILTER_FLAG_SPEC_ALLOW = 4;
/** The call is not made, and gives what the low 16 bits say as its error: none. */
const SECCOMP_RET_DONE = 0x00050000;

/**
 * From now on, calls of this thread and of everything it starts that change a user, a group or an owner do nothing and
 * succeed. A user namespace of an ordinary user has one user only, so that programs which give up root for a user of their
 * own (tcpdump, dnsmasq, named, ping of old) would end with "Operation not permitted". They are not root of anything but
 * the sandbox, and have nothing to give up. Cannot be undone. Never use it outside of such a namespace.
 * @returns false on a machine whose system call numbers are not known here, and on a kernel without seccomp filters: such
 * programs then say themselves what they may not do
 */
export function pretendIdentityChanges(): boolean {
  const machine = machineCalls();
  if (machine === null) return false;
  const { identity } = machine;
  return (
    filterCalls({ machine, calls: identity, action: SECCOMP_RET_DONE, flags: SECCOMP_FILTER_FLAG_SPEC_ALLOW }) === 0
  );
}
