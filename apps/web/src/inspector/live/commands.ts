/** A namespace's name as one word of a shell. Names that Vethlab gave need no quotes; those typed by hand may be anything. */
export function shellWord(name: string): string {
  return /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/.test(name) ? name : `'${name.replaceAll("'", "'\\''")}'`;
}

/** The shell line that shows the same as a section, for the lab's root shell. */
export const sectionCommands = {
  interfaces: (node: string) => `ip -n ${shellWord(node)} -s link`,
  addresses: (node: string) => `ip -n ${shellWord(node)} address`,
  routes: (node: string) => `ip -n ${shellWord(node)} route show table all`,
  rules: (node: string) => `ip -n ${shellWord(node)} rule`,
  neighbours: (node: string) => `ip -n ${shellWord(node)} neigh`,
  fdb: (node: string) => `bridge -n ${shellWord(node)} fdb`,
  firewall: (node: string) => `ip netns exec ${shellWord(node)} nft list ruleset`,
  sysctls: (node: string) => `ip netns exec ${shellWord(node)} sysctl -a -r '^net\\.ipv[46]\\.'`,
  sockets: (node: string) => `ss -N ${shellWord(node)} -tuwnap`,
} as const;
