export { addressLab } from './addressing/address-lab.js';
export { nextFreeAddress, proposeLinkAddresses } from './addressing/free-addresses.js';
export type { Family } from './addressing/ip-number.js';
export { freeOutsideSubnet, type OutsideAddresses, outsideAddresses, outsideOf } from './addressing/outside-subnet.js';
export { realmsOf } from './addressing/realms.js';
export { type Segments, segmentOf, segmentsOf } from './addressing/segments.js';
export { nextFreeSubnet, subnetOf, usableRange } from './addressing/subnets.js';
export { type Tunnel, tunnelsOf } from './addressing/tunnels.js';
export {
  commandEntries,
  commandKey,
  commandOf,
  commandsOf,
  type Program,
  withCommands,
  withCommandsOfVrf,
} from './commands/commands-of.js';
export { formatArguments } from './commands/format-arguments.js';
export { type SplitArguments, splitArguments } from './commands/split-arguments.js';
export { type AppliedDiff, applyDiff } from './diff/apply-diff.js';
export { type CarriedOver, carryOver } from './diff/carry-over.js';
export { composeDiffs } from './diff/compose-diffs.js';
export { diffTopologies } from './diff/diff-topologies.js';
export { invertDiff, isEmptyDiff } from './diff/invert-diff.js';
export { nodesTouchedBy, type Touched, touchedBy } from './diff/nodes-touched.js';
export type * from './diff/topology-diff.js';
export { applyEdit } from './edits/apply-edit.js';
export type * from './edits/edit.js';
export { type DecodedLabFile, decodeLabFile } from './lab-file/decode-lab-file.js';
export { labFileJsonSchema } from './lab-file/lab-file-schema.js';
export { type ParsedLabFile, parseLabFile } from './lab-file/parse-lab-file.js';
export { serializeLabFile } from './lab-file/serialize-lab-file.js';
export * from './model/device.js';
export { usualEthernetMtu, usualMtu } from './model/device-mtu.js';
export type * from './model/diagnostic.js';
export { type DiagnosticCode, diagnosticCodes } from './model/diagnostic-codes.js';
export * from './model/firewall.js';
export { hasDevices } from './model/has-devices.js';
export * from './model/impairment.js';
export { renameInInterface, renameInNode } from './model/interface-references.js';
export * from './model/limits.js';
export type * from './model/names.js';
export { parseCidr, parseDestination, parseIpAddress, parseNetwork } from './model/parse-addresses.js';
export { parseArgument } from './model/parse-arguments.js';
export {
  formatDelay,
  formatPercent,
  formatRate,
  limitProblem,
  parseDelay,
  parsePercent,
  parseRate,
} from './model/parse-impairment.js';
export { parseCommandName, parseIfname, parseNodeName, parseRuleIfname, parseText } from './model/parse-names.js';
export { DEFAULT_OUTSIDE_SUBNET, parseOutsideSubnet, UPLINK } from './model/parse-outside.js';
export {
  formatInterval,
  parseInterval,
  parseMac,
  portProblem,
  tableProblem,
  vlanProblem,
} from './model/parse-values.js';
export { defaultVlan, type PortVlan } from './model/port-vlan.js';
export { diagnostic, diagnosticAt, type Parsed, type Problem, quoted, refused } from './model/problem.js';
export { madeFrom, nodeOrderOf, replacedSince } from './model/replaced-nodes.js';
export { ifnamesInRules, withoutRulesOf, withRenamedRules } from './model/rule-references.js';
export * from './model/switch-bridge.js';
export type * from './model/topology.js';
export {
  emptyTopology,
  endpointText,
  interfaceEntries,
  interfaceOf,
  linkAt,
  linkAtEndpoint,
  linkKey,
  linkOf,
  nodeEntries,
  nodeOf,
  probeKey,
  probeOf,
  probeSource,
  splitEndpoint,
} from './model/topology-access.js';
export * from './model/vrfs.js';
export { isIfnameTaken, nextDeviceName, nextIfname, nextNodeName } from './naming/next-name.js';
export { deviceSchema } from './schemas/device-schema.js';
export { diagnosticSchema } from './schemas/diagnostic-schema.js';
export { topologyDiffSchema } from './schemas/diff-schema.js';
export { editSchema } from './schemas/edit-schema.js';
export { diagnosticsOfIssues } from './schemas/issues.js';
export { type ParsedForeign, parseEdit, parseForeign, parseTopology } from './schemas/parse-edit.js';
export { topologySchema } from './schemas/topology-schema.js';
export { nodeNameSchema, outsideSubnetSchema, portSchema } from './schemas/values.js';
export { bondOf } from './validation/check-devices.js';
export { firewallDiagnostics, ruleDiagnostics } from './validation/check-firewall.js';
export { impairmentDiagnostics } from './validation/check-impairment.js';
export { isOutward } from './validation/check-outside.js';
export { portVlanDiagnostics } from './validation/check-port-vlan.js';
export { type SwitchLoop, switchLoopsOf } from './validation/switch-loops.js';
export { errorsOf, validate, validateInParts } from './validation/validate.js';
