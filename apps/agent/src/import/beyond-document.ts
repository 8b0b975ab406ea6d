import { namespaceOf, type Observed, type ObservedNamespace, ROOT_NAMESPACE } from '@vethlab/observed';
import type { LeftOut } from '@vethlab/planner';
import type { LiveFirewall, LivePieces, LiveReading, LiveSection } from '@vethlab/protocol';
import { sysctlsBeyond } from './sysctls-beyond.js';

/** Looks at sections of a namespace, as the live tab does. */
export type SectionLook = (wish: { node: string; sections: readonly LiveSection[] }) => Promise<LiveReading>;

/** What no lab can hold, and why. */
export type Beyond = Pick<LeftOut, 'what' | 'why'>;

/** Reading the rules of one takes two processes: this many are over in a few seconds. */
const namespacesMax = 200;

const sections: readonly LiveSection[] = ['addresses', 'routes', 'rules', 'neighbours', 'sysctls', 'firewall'];

/**
 * What a script made that is not even observed all the time, because no document knows of it: addresses, routes and firewall rules of the
 * root namespace, rules of the old iptables, rules of policy routing, routes in tables of their own, neighbours and sysctls set by hand.
 */
export async function beyondDocument(observed: Observed, look: SectionLook): Promise<readonly LeftOut[]> {
  const leftOut: LeftOut[] = [];
  const names = [...Object.keys(observed.namespaces), ROOT_NAMESPACE];
  for (const namespace of names.slice(0, namespacesMax)) {
    const isRoot = namespace === ROOT_NAMESPACE;
    const where = isRoot ? 'the root namespace' : namespace;
    const { pieces } = await look({ node: namespace, sections });
    const found = [
      ...rulesBeyond(isRoot, pieces.firewall),
      ...policyBeyond(pieces),
      ...routesBeyond(isRoot ? new Set() : tablesOf(namespaceOf(observed, namespace)), isRoot, pieces),
      ...neighboursBeyond(pieces),
      ...sysctlsBeyond(isRoot, pieces.sysctls?.rows ?? []),
      ...(isRoot ? addressesBeyond(pieces) : []),
    ];
    leftOut.push(...found.map((one) => ({ namespace, where, ...one })));
  }
  if (names.length > namespacesMax) {
    const what = `firewall rules, routing tables and sysctls of ${names.length - namespacesMax} namespaces`;
    const why = `Only the first ${namespacesMax} were looked at for what no lab can hold.`;
    leftOut.push({ namespace: ROOT_NAMESPACE, where: 'the sandbox', what, why });
  }
  return leftOut;
}

const rootIsNoNode = 'The root namespace is no node.';

/** Rules of nf_tables in a node are observed, and adopted or told with everything else there. */
function rulesBeyond(isRoot: boolean, firewall: LiveFirewall | undefined): Beyond[] {
  const beyond = (firewall?.tables ?? []).filter(({ source }) => isRoot || source.endsWith('-legacy'));
  const count = beyond.flatMap(({ chains }) => chains).reduce((sum, { rules }) => sum + rules.length, 0);
  if (count === 0) return [];
  const why = isRoot
    ? rootIsNoNode
    : 'They are of the old iptables (legacy); a lab takes over those of nft and of iptables-nft.';
  return [{ what: count === 1 ? 'a firewall rule' : `${count} firewall rules`, why }];
}

function policyBeyond({ rules }: LivePieces): Beyond[] {
  const byHand = (rules?.rows ?? []).filter(({ kernelMade }) => !kernelMade);
  return byHand.map(({ selector, action }) => ({
    what: `the rule ${selector} ${action}`,
    why: 'A lab holds no rules of policy routing.',
  }));
}

function routesBeyond(adopted: ReadonlySet<number>, isRoot: boolean, { routes }: LivePieces): Beyond[] {
  const beyond = (routes?.rows ?? []).filter(
    ({ type, table, kernelMade }) => !kernelMade && !(type === 'unicast' && adopted.has(table)),
  );
  const why = isRoot
    ? rootIsNoNode
    : 'A lab holds routes with a gateway or an interface, in the main table or that of a VRF.';
  return beyond.map(({ type, to, tableName }) => {
    const kind = type === 'unicast' ? '' : `${type} `;
    return { what: `the ${kind}route ${to} in table ${tableName}`, why };
  });
}

function neighboursBeyond({ neighbours }: LivePieces): Beyond[] {
  const byHand = (neighbours?.rows ?? []).filter(({ state }) => state === 'permanent');
  return byHand.map(({ address, ifname, mac }) => ({
    what: `the neighbour ${address}${mac === null ? '' : ` with MAC ${mac}`} on ${ifname}`,
    why: 'In a lab neighbours find each other by ARP and NDP.',
  }));
}

function addressesBeyond({ addresses }: LivePieces): Beyond[] {
  const byHand = (addresses?.rows ?? []).filter(({ kernelMade, scope }) => !kernelMade && scope !== 'link');
  return byHand.map(({ address, ifname }) => ({ what: `the address ${address} on ${ifname}`, why: rootIsNoNode }));
}

/** RT_TABLE_MAIN of rtnetlink(7). */
const mainTable = 254;

/** The routing tables of a namespace whose routes are observed, and adopted or told with everything else there. */
function tablesOf(namespace: ObservedNamespace | null): ReadonlySet<number> {
  const devices = Object.values(namespace?.interfaces ?? {}).map(({ device }) => device);
  return new Set([mainTable, ...devices.flatMap((device) => (device?.kind === 'vrf' ? [device.table] : []))]);
}
