import { nodeOf } from '@vethlab/topology';
import type { DesiredNamespace } from '../desired/desired.js';
import { dependencies, type Planning } from '../planning.js';
import { chainsOf } from '../rules/chains-of.js';
import { foundRules, isOurTable } from '../rules/found-rules.js';
import { presentRules } from '../rules/present-rules.js';
import { noRules, type Rules, rulesOfNode } from '../rules/rules.js';
import { sameRules } from '../rules/same-rules.js';
import type { WorkingNamespace } from '../state/working-namespace.js';

/**
 * Firewall and NAT of one namespace. Rules that somebody typed and the document took over stay where they are, in tables of their
 * own, for as long as nobody changes them; after that ours are the only ones.
 */
export function configureRules(planning: Planning, namespace: WorkingNamespace, desired: DesiredNamespace): void {
  const { rules: wanted } = desired;
  if (namespace.tables === undefined && wanted === noRules) return;
  const found = foundRules(namespace.tables);
  const { unmanaged } = planning.input;
  // A rule for an interface that is gone fits no packet: as long as that is so, it is as good as none.
  const live = (rules: Rules) => presentRules(rules, namespace.interfaces);
  const together = found.together === null ? null : live(found.together);
  if (together !== null && sameRules(together, wanted)) return;
  const before = planning.ours(namespace.origin)?.rules ?? noRules;
  const areTakenOver = together !== null && found.others.length > 0 && sameRules(together, before);
  const areOurs = 'rules' in found.ours && sameRules(live(found.ours.rules), wanted);
  // What was typed into our table stays until somebody edits the rules of the node, or repairs them.
  const isLeftOut = unmanaged === 'keep' && namespace.tables?.some(isOurTable) === true && sameRules(before, wanted);
  if (!areOurs && !isLeftOut) setRules(planning, namespace, desired, wanted, whyNot(found.ours, desired));
  if (unmanaged === 'keep' && !areTakenOver) return;
  for (const { family, name } of found.others) removeTable(planning, namespace, desired, family, name);
}

function whyNot(ours: ReturnType<typeof foundRules>['ours'], { name }: DesiredNamespace): string {
  if ('whyNot' in ours) return `the rules of ${name} are not those of the lab: ${lowerFirst(ours.whyNot)}`;
  return sameRules(ours.rules, noRules)
    ? `${name} has no rules of the lab yet`
    : `the rules of ${name} are not those of the lab`;
}

function setRules(
  planning: Planning,
  namespace: WorkingNamespace,
  desired: DesiredNamespace,
  wanted: Rules,
  reason: string,
): void {
  const node = nodeOf(planning.input.topology, desired.name);
  const chains = chainsOf(wanted, node === null ? wanted : rulesOfNode(node));
  const isGone = chains.length === 0;
  const isNew = !(namespace.tables ?? []).some(isOurTable);
  planning.add({
    id: `set-rules:${desired.name}`,
    action: isGone ? 'remove' : isNew ? 'add' : 'change',
    object: `firewall and NAT of ${desired.name}`,
    reason: isGone ? `${desired.name} should have no rules` : reason,
    dependsOn: dependencies(namespace.base),
    operation: { op: 'set-rules', namespace: desired.name, chains },
  });
}

function removeTable(
  planning: Planning,
  namespace: WorkingNamespace,
  desired: DesiredNamespace,
  family: string,
  table: string,
): void {
  planning.add({
    id: `remove-table:${desired.name}:${family}:${table}`,
    action: 'remove',
    object: `table ${family} ${table} in ${desired.name}`,
    reason: `the lab has no rules in the table ${family} ${table} of ${desired.name}`,
    dependsOn: dependencies(namespace.base),
    operation: { op: 'remove-table', namespace: desired.name, family, table },
  });
}

function lowerFirst(text: string): string {
  return `${text.charAt(0).toLowerCase()}${text.slice(1)}`;
}
