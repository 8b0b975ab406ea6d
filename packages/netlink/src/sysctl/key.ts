/** One part of a key: what interface names and the kernel's own names are made of. No `/`, no blank, nothing a shell reads. */
const PART = /^[A-Za-z0-9_@:-][A-Za-z0-9_.@:-]*$/;

/**
 * The path below /proc/sys of a sysctl's key. As in sysctl(8), the separator is whichever of `.` and `/` comes first, and the
 * other one then stands for itself swapped: `net.ipv4.conf.eth0/100.forwarding` and `net/ipv4/conf/eth0.100/forwarding` are the same.
 * @throws RangeError when the key is not of the `net` tree or has a part outside the alphabet.
 */
export function sysctlPath(key: string): string {
  const separator = /[./]/.exec(key)?.[0];
  const slashed = separator === '/' ? key : key.replace(/[./]/g, (mark) => (mark === '.' ? '/' : '.'));
  const parts = slashed.split('/');
  if (parts[0] !== 'net' || parts.length < 2 || !parts.every((part) => PART.test(part))) {
    throw new RangeError(`${JSON.stringify(key)} is not a key of the net tree of sysctl`);
  }
  return `/proc/sys/${parts.join('/')}`;
}
