import { namespaceOf, type Observed, type ObservedNamespace, ROOT_NAMESPACE } from '@vethlab/observed';
import type { LeftOut } from '@vethlab/planner';
import type { LiveFirewall, LiveReading, LiveSection } from '@vethlab/protocol';

/** Looks at sections of a namespace, as the live tab does. */
export type SectionLook = (wish: { node: string; sections: readonly LiveSection[] }) => Promise<LiveReading>;

/** Reading the rules of one takes two processes: this many are over in a few seconds. */
const namespacesMax = 200;

const sections: readonly LiveSection[] = ['routes', 'rules', 'firewall'];

/**
 * What a script made that is not even observed all the time, because no document knows of it: firewall rules of the root namespace
 * and of the old iptables, rules of policy routing, routes in tables of their own.
 */
export async function beyondDocument(observed: Observed, look: SectionLook): Promise<readonly LeftOut[]> {
  const leftOut: LeftOut[] = [];
  const names = [...Object.keys(observed.namespaces), ROOT_NAMESPACE];
  for (const namespace of names.slice(0, namespacesMax)) {
    const where = namespace === ROOT_NAMESPACE ? 'the root namespace' : namespace;
    const { pieces } = await look({ node: namespace, sections });
    const tell = (what: string, why: string) => leftOut.push({ namespace, where, what, why });
    const rules = rulesBeyond(namespace, pieces.firewall);
    if (rules > 0) {
      const why =
        namespace === ROOT_NAMESPACE
          ? 'The root namespace is no node.'
          : 'They are of the old iptables (legacy); a lab takes over those of nft and of iptables-nft.';
      tell(rules === 1 ? 'a firewall rule' : `${rules} firewall rules`, why);
    }
    for (const { selector, action, kernelMade } of pieces.rules?.rows ?? []) {
      if (!kernelMade) tell(`the rule ${selector} ${action}`, 'A lab holds no rules of policy routing.');
    }
    const adopted = tablesOf(namespaceOf(observed, namespace));
    for (const { type, to, table, tableName, kernelMade } of pieces.routes?.rows ?? []) {
      if (kernelMade || (type === 'unicast' && adopted.has(table))) continue;
      const kind = type === 'unicast' ? '' : `${type} `;
      tell(
        `the ${kind}route ${to} in table ${tableName}`,
        'A lab holds routes with a gateway or an interface, in the main table or that of a VRF.',
      );
    }
  }
  if (names.length > namespacesMax) {
    const what = `firewall rules and routing tables of ${names.length - namespacesMax} namespaces`;
    const why = `Only the first ${namespacesMax} were looked at for what no lab can hold.`;
    leftOut.push({ namespace: ROOT_NAMESPACE, where: 'the sandbox', what, why });
  }
  return leftOut;
}

/** RT_TABLE_MAIN of rtnetlink(7). */
const mainTable = 254;

/** The routing tables of a namespace whose routes are observed, and adopted or told with everything else there. */
function tablesOf(namespace: ObservedNamespace | null): ReadonlySet<number> {
  const devices = Object.values(namespace?.interfaces ?? {}).map(({ device }) => device);
  return new Set([mainTable, ...devices.flatMap((device) => (device?.kind === 'vrf' ? [device.table] : []))]);
}

/** Rules of nf_tables in a node are observed, and adopted or told with everything else there. */
function rulesBeyond(namespace: string, firewall: LiveFirewall | undefined): number {
  const tables = firewall?.tables ?? [];
  const beyond = tables.filter(({ source }) => namespace === ROOT_NAMESPACE || source.endsWith('-legacy'));
  return beyond.reduce((sum, { chains }) => sum + chains.reduce((count, { rules }) => count + rules.length, 0), 0);
}
