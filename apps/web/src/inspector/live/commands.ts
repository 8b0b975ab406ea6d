import { ROOT_NAMESPACE } from '@vethlab/observed';

/** A namespace's name as one word of a shell. Names that Vethlab gave need no quotes; those typed by hand may be anything. */
export function shellWord(name: string): string {
  return /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/.test(name) ? name : `'${name.replaceAll("'", "'\\''")}'`;
}

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
  sysctls: inside("sysctl -a -r '^net\\.ipv[46]\\.'"),
  sockets: by('ss', '-N', '-tuwnap'),
} as const;
