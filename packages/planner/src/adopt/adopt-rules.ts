import type { ObservedNamespace } from '@vethlab/observed';
import { firewallDiagnostics, type Node, nodeOf, type Topology, withoutRulesOf } from '@vethlab/topology';
import { desiredNamespace } from '../desired/desired-of.js';
import { foundRules } from '../rules/found-rules.js';
import { presentRules, withWaiting } from '../rules/present-rules.js';
import { noRules, type Rules, rulesOfNode } from '../rules/rules.js';
import { sameRules } from '../rules/same-rules.js';
import type { AdoptionWork } from './adoption-work.js';

/** Firewall and NAT of the nodes in view, whoever typed them and however. `draft` has their interfaces already. */
export function adoptRules(work: AdoptionWork, draft: Topology): void {
  for (const { name, node: before, namespace } of work.members()) {
    const { tables } = namespace;
    if (tables === undefined && before.firewall === undefined && before.nat === undefined) continue;
    const interfaces = nodeOf(draft, name)?.interfaces ?? before.interfaces;
    // Rules go with the interface that they name.
    const node = withoutRulesOf(before, (ifname) => !Object.hasOwn(interfaces, ifname)).record;
    if (node !== before) work.nodes.set(name, node);
    adoptRulesOf(work, name, { ...node, interfaces }, draft, namespace);
  }
}

function adoptRulesOf(
  work: AdoptionWork,
  name: string,
  node: Node,
  draft: Topology,
  namespace: ObservedNamespace,
): void {
  const found = foundRules(namespace.tables);
  for (const { table, whyNot } of found.beyond) {
    work.leave(name, undefined, `the table ${table.family} ${table.name}`, whyNot);
  }
  if ('whyNot' in found.ours) {
    work.leave(name, undefined, 'what was typed into the table of the lab', found.ours.whyNot);
    return;
  }
  const isChosen = work.fresh.has(name) || work.choice.rules(name);
  if (found.together === null || !isChosen) return;
  const live = presentRules(found.together, { has: (ifname) => Object.hasOwn(namespace.interfaces, ifname) });
  const wanted = desiredNamespace(draft, name)?.interfaces ?? new Map();
  if (sameRules(live, presentRules(node, wanted))) return;
  const adopted = withRules(node, withWaiting(live, rulesOfNode(node), wanted));
  const [refusal] = firewallDiagnostics([], adopted);
  const [other] = found.others;
  if (refusal !== undefined) {
    const what = other === undefined ? 'the rules' : `the table ${other.family} ${other.name}`;
    work.leave(name, undefined, what, refusal.detail);
    return;
  }
  const known = work.nodes.get(name);
  const { firewall: _firewall, nat: _nat, ...rest } = known ?? node;
  const { firewall, nat } = adopted;
  work.nodes.set(name, {
    ...rest,
    ...(nat === undefined ? {} : { nat }),
    ...(firewall === undefined ? {} : { firewall }),
  });
}

/** What says the same as before stays as it is written; what is empty is left out. */
function withRules(node: Node, found: Rules): Node {
  const { firewall, nat, ...rest } = node;
  const before = rulesOfNode(node);
  const sameFirewall = sameRules({ ...noRules, firewall: found.firewall }, { ...noRules, firewall: before.firewall });
  const sameNat = sameRules({ ...noRules, nat: found.nat }, { ...noRules, nat: before.nat });
  const isOpen = sameRules({ ...noRules, firewall: found.firewall }, noRules);
  const isPlain = sameRules({ ...noRules, nat: found.nat }, noRules);
  const keptNat = sameNat ? nat : isPlain ? undefined : found.nat;
  const keptFirewall = sameFirewall ? firewall : isOpen ? undefined : found.firewall;
  return {
    ...rest,
    ...(keptNat === undefined ? {} : { nat: keptNat }),
    ...(keptFirewall === undefined ? {} : { firewall: keptFirewall }),
  };
}
