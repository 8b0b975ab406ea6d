export { type Adoption, type AdoptionInput, adoptionOf } from './adopt/adoption-of.js';
export { type Choice, choiceOf, ghostId } from './adopt/choice.js';
export type * from './adopt/ghost.js';
export { ghostsOf } from './adopt/ghosts-of.js';
export type * from './adopt/left-out.js';
export { beyondName, whyBeyond } from './adopt/why-beyond.js';
export { whyNotAdopted } from './adopt/why-not.js';
export { type Affected, affectedBy } from './affected-by.js';
export type * from './desired/desired.js';
export {
  DEFAULT_MTU,
  LOOP_RATE_BITS_PER_SECOND,
  SMALLEST_IPV6_MTU,
  SWITCH_BRIDGE,
} from './desired/desired.js';
export { desiredNamespace, desiredOf, desiredOfNodes } from './desired/desired-of.js';
export { type Drift, driftOf, driftOfPlan, repairInput } from './drift.js';
export { missingDiagnostics, missingInNode } from './features/missing-diagnostics.js';
export { needsOfNode } from './features/needs-of-node.js';
export { asksForFeatures, featuresAskedBy, possibleNode } from './features/without-missing.js';
export { type GuardSide, guardChains, OUTSIDE_IFNAME, PASTA_PORTS_AT } from './outside/guard-chains.js';
export { lanChains, type TurnedOn } from './outside/lan-chains.js';
export { type MachineSide, machineChains, type Transit } from './outside/machine-chains.js';
export { type PastaEnd, pastaArguments, type WayOutPlace } from './outside/way-out-arguments.js';
export { wayOutChains } from './outside/way-out-chains.js';
export type * from './plan.js';
export type { PlanInput } from './plan-input.js';
export { planLab, planLabInSlices } from './plan-lab.js';
export { countOf, renderPlan } from './render-plan.js';
export { foundRules } from './rules/found-rules.js';
export { noRules, OUR_TABLE, type Rules, rulesOfNode } from './rules/rules.js';
export { type Extent, type Scope, wholeNodes } from './scope.js';
export { selectSteps } from './select-steps.js';
export { type Qdisc, qdiscOf } from './shaping/qdisc.js';
export { STP_TIMES } from './shell/bridge-commands.js';
export { commandsOf, NO_SAFE_COMMAND } from './shell/commands.js';
export { BOND_MIIMON_MS } from './shell/device-words.js';
export { iptablesOf } from './shell/iptables-lines.js';
export { UnsafeOperandError } from './shell/operand.js';
export { type ScriptOptions, scriptOf } from './shell/script.js';
export { WAY_OUT_TABLE } from './shell/way-out.js';
export { openWayOutId } from './stages/configure-way-out.js';
