import { readFileSync } from 'node:fs';
import type { NftChain } from '@vethlab/netlink';
import { withMachineRules } from './sockets.js';
import { sharedTable, transitAt } from './transit.js';
import type { WayOutRecords } from './way-out-records.js';

/** Tables of the older iptables of which one may drop what is forwarded; what only translates does not. */
const filtering: ReadonlySet<string> = new Set(['filter', 'mangle', 'raw', 'security']);

const legacyLists = ['/proc/self/net/ip_tables_names', '/proc/self/net/ip6_tables_names'];

/**
 * Where a firewall of the machine has a say about what a way out needs; null: nowhere. A packet must pass the chains of all tables, so no rule of ours could
 * let through what another one drops, and the rules of others are not ours to change.
 * @param isOurs by the name of a table
 * @param needsMachine whether something of the machine itself is asked for, which then must not be closed
 */
export function firewallInTheWay(
  chains: readonly NftChain[],
  isOurs: (table: string) => boolean,
  needsMachine: boolean,
): string | null {
  const foreign = chains.filter(({ base, table }) => base !== null && !isOurs(table));
  const found =
    foreign.find(({ base, rules }) => base?.hook === 'forward' && (base.policy === 'drop' || rules.length > 0)) ??
    foreign.find((chain) => needsMachine && chain.base?.hook === 'input' && closes(chain));
  if (found !== undefined) return `${found.family} ${found.table}, chain ${found.name}`;
  const legacy = legacyLists.flatMap(linesOf).find((table) => filtering.has(table));
  return legacy === undefined ? null : `iptables (legacy), table ${legacy}`;
}

/** Whether it drops or refuses what none of its rules has let through. */
function closes({ base, rules }: NftChain): boolean {
  const ends = (kind: string) => kind === 'drop' || kind === 'reject';
  return (
    base?.policy === 'drop' ||
    rules.some(({ rule }) => rule !== null && ends(rule.action.kind) && Object.keys(rule.match).length === 0)
  );
}

/** The same of this machine, as it is now. */
export function firewallOfMachine(records: WayOutRecords, needsMachine: boolean): string | null {
  const ours = new Set([sharedTable, ...records.list().map(({ index }) => transitAt(index).ifname)]);
  return withMachineRules((rules) => firewallInTheWay(rules.chains(), (table) => ours.has(table), needsMachine));
}

/** Not there: a kernel without the older iptables, or one where nobody has used it yet. */
function linesOf(path: string): string[] {
  try {
    return readFileSync(path, 'utf8').split('\n').filter(Boolean);
  } catch {
    return [];
  }
}
