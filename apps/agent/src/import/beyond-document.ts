import { namespaceOf, type Observed, ROOT_NAMESPACE } from '@vethlab/observed';
import { beyondName, type LeftOut, whyBeyond } from '@vethlab/planner';
import type { LiveFirewall, LivePieces, LiveReading, LiveSection } from '@vethlab/protocol';
import { sysctlsByHand } from '../inspect/sections/sysctls-by-hand.js';

/** Looks at sections of a namespace, as the live tab does. */
export type SectionLook = (wish: { node: string; sections: readonly LiveSection[] }) => Promise<LiveReading>;

/** What no lab can hold, and why. */
export type Beyond = Pick<LeftOut, 'what' | 'why'>;

/** Reading the rules of one takes two processes: this many are over in a few seconds. */
const namespacesMax = 200;

const ofEach: readonly LiveSection[] = ['firewall'];
const ofRoot: readonly LiveSection[] = [...ofEach, 'neighbours', 'sysctls', 'addresses', 'routes', 'rules'];

/**
 * What a script made that no document knows of: in nodes what is observed, and rules of the old iptables, which are not; in the root namespace
 * all but interfaces.
 */
export async function beyondDocument(observed: Observed, look: SectionLook): Promise<readonly LeftOut[]> {
  const leftOut: LeftOut[] = [];
  const names = [...Object.keys(observed.namespaces), ROOT_NAMESPACE];
  for (const namespace of names.slice(0, namespacesMax)) {
    const isRoot = namespace === ROOT_NAMESPACE;
    const where = isRoot ? 'the root namespace' : namespace;
    const { pieces } = await look({ node: namespace, sections: isRoot ? ofRoot : ofEach });
    const found = [
      ...rulesBeyond(isRoot, pieces.firewall),
      ...(namespaceOf(observed, namespace)?.beyond ?? []).map((one) => ({
        what: `the ${beyondName[one.kind]} ${one.text}`,
        why: whyBeyond[one.kind],
      })),
      ...(isRoot ? beyondInRoot(pieces) : []),
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

function beyondInRoot(pieces: LivePieces): Beyond[] {
  return [
    ...policyBeyond(pieces),
    ...routesBeyond(pieces),
    ...addressesBeyond(pieces),
    ...neighboursBeyond(pieces),
    ...sysctlsByHand(true, pieces.sysctls?.rows ?? []).map(({ key, value }) => ({
      what: `the sysctl ${key} = ${value}`,
      why: rootIsNoNode,
    })),
  ];
}

function policyBeyond({ rules }: LivePieces): Beyond[] {
  const byHand = (rules?.rows ?? []).filter(({ kernelMade }) => !kernelMade);
  return byHand.map(({ selector, action }) => ({
    what: `the rule ${selector} ${action}`,
    why: rootIsNoNode,
  }));
}

function routesBeyond({ routes }: LivePieces): Beyond[] {
  const byHand = (routes?.rows ?? []).filter(({ kernelMade }) => !kernelMade);
  return byHand.map(({ type, to, tableName }) => {
    const kind = type === 'unicast' ? '' : `${type} `;
    return { what: `the ${kind}route ${to} in table ${tableName}`, why: rootIsNoNode };
  });
}

function neighboursBeyond({ neighbours }: LivePieces): Beyond[] {
  const byHand = (neighbours?.rows ?? []).filter(({ state }) => state === 'permanent');
  return byHand.map(({ address, ifname, mac }) => ({
    what: `the neighbour ${address}${mac === null ? '' : ` with MAC ${mac}`} on ${ifname}`,
    why: rootIsNoNode,
  }));
}

function addressesBeyond({ addresses }: LivePieces): Beyond[] {
  const byHand = (addresses?.rows ?? []).filter(({ kernelMade, scope }) => !kernelMade && scope !== 'link');
  return byHand.map(({ address, ifname }) => ({ what: `the address ${address} on ${ifname}`, why: rootIsNoNode }));
}
