import { expect, test } from 'vitest';
import { explainRefusal } from './explain-refusal.js';
import type { KernelSwitches } from './kernel-switches.js';

const permissive: KernelSwitches = {
  unprivilegedUsernsClone: null,
  maxUserNamespaces: 15_000,
  maxNetNamespaces: 15_000,
  maxPidNamespaces: 15_000,
  maxMntNamespaces: 15_000,
  apparmorRestrictsUserns: null,
};

const eperm = 'unshare: unshare failed: Operation not permitted';

test.each([
  [
    'no user namespaces at all',
    { maxUserNamespaces: 0 },
    'unshare: unshare failed: No space left on device',
    'user-namespaces-forbidden',
    'user.max_user_namespaces',
  ],
  [
    "Debian's switch",
    { unprivilegedUsernsClone: 0 },
    eperm,
    'user-namespaces-forbidden',
    'kernel.unprivileged_userns_clone=1',
  ],
  [
    "Ubuntu's restriction",
    { apparmorRestrictsUserns: 1 },
    'unshare: write failed /proc/self/uid_map: Operation not permitted',
    'user-namespaces-forbidden',
    '"vethlab-unshare"',
  ],
  [
    'no network namespaces',
    { maxNetNamespaces: 0 },
    'unshare: unshare failed: No space left on device',
    'namespaces-forbidden',
    'user.max_net_namespaces=15000',
  ],
  [
    'a container that hides parts of /proc',
    {},
    'unshare: mount /proc failed: Operation not permitted',
    'namespaces-forbidden',
    'systempaths=unconfined',
  ],
  [
    'a limit that is used up',
    {},
    'unshare: unshare failed: No space left on device',
    'namespaces-forbidden',
    'max_*_namespaces',
  ],
  ["a container's filter", {}, eperm, 'user-namespaces-forbidden', 'seccomp=unconfined'],
  ['something unheard of', {}, 'unshare: \u001b[31mwat', 'namespaces-forbidden', 'unshare --user'],
] as const)('%s is told with its remedy', (_name, switches, stderr, code, remedy) => {
  const problem = explainRefusal(stderr, { ...permissive, ...switches });
  expect(problem.code).toBe(`sandbox.${code}`);
  expect(problem.remedy).toContain(remedy);
  expect(problem.reason).not.toContain('\u001b');
});

test('no remedy switches the AppArmor restriction off for the machine', () => {
  const problem = explainRefusal(eperm, { ...permissive, apparmorRestrictsUserns: 1 });
  expect(problem.remedy).not.toMatch(/sysctl/);
});
