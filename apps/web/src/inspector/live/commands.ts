import { ROOT_NAMESPACE } from '@vethlab/observed';

/**
 * A namespace's name as one word of bash. Names that Vethlab gave need no quotes; those typed by hand may be anything. What is
 * invisible is written by its number: pasted as it is, it would speak to the terminal.
 */
export function shellWord(name: string): string {
  if (/^[A-Za-z0-9_][A-Za-z0-9_.-]*$/.test(name)) return name;
  if (!invisible.test(name)) return `'${name.replaceAll("'", "'\\''")}'`;
  const escaped = [...name].map((sign) => {
    if (sign === "'" || sign === '\\') return `\\${sign}`;
    return invisible.test(sign) ? `\\U${(sign.codePointAt(0) ?? 0).toString(16).padStart(8, '0')}` : sign;
  });
  return `$'${escaped.join('')}'`;
}

/** Control characters, formats such as bidirectional marks, and separators of lines. */
const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

/** A command of iproute2 in a namespace, by its own option; in the root namespace, where the root shell is, without one. */
const by = (program: string, option: string, rest: string) => (node: string) =>
  node === ROOT_NAMESPACE ? `${program} ${rest}` : `${program} ${option} ${shellWord(node)} ${rest}`;

/** Any other command in a namespace. */
const inside = (command: string) => (node: string) =>
  node === ROOT_NAMESPACE ? command : `ip netns exec ${shellWord(node)} ${command}`;

/** The shell line that shows the same as a section, for the lab's root shell. */
export const sectionCommands = {
  interfaces: by('ip', '-n', '-s link'),
  addresses: by('ip', '-n', 'address'),
  routes: by('ip', '-n', 'route show table all'),
  rules: by('ip', '-n', 'rule'),
  neighbours: by('ip', '-n', 'neigh'),
  fdb: by('bridge', '-n', 'fdb'),
  firewall: inside('nft list ruleset'),
  connections: inside('conntrack -L'),
  sysctls: inside("sysctl -a -r '^net\\.ipv[46]\\.'"),
  sockets: by('ss', '-N', '-tuwnap'),
} as const;
