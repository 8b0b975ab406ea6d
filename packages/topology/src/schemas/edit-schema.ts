import type { Edit } from '../edits/edit.js';
import {
  maximumAddresses,
  maximumBatchDepth,
  maximumBatchEdits,
  maximumInterfaces,
  maximumNodes,
  maximumRoutes,
} from '../model/limits.js';
import { commandRestartSchema, commandStartSchema, commandVrfSchema, runSchema } from './command-schema.js';
import { deviceSchema } from './device-schema.js';
import { topologyDiffSchema } from './diff-schema.js';
import { firewallEntrySchema, natEntrySchema } from './firewall-schema.js';
import { impairmentSchema } from './impairment-schema.js';
import { strictObject, z } from './strict-zod.js';
import { expectSchema, hostPortsSchema, positionSchema, publishSchema, routeSchema } from './topology-schema.js';
import {
  cidrSchema,
  commandNameSchema,
  ifnameSchema,
  intervalMsSchema,
  ipAddressSchema,
  linkKeySchema,
  macSchema,
  mtuSchema,
  nodeKindSchema,
  nodeNameSchema,
  outsideSubnetSchema,
  probeKeySchema,
  tableSchema,
  textSchema,
  vrfNameSchema,
} from './values.js';
import { portVlanSchema } from './vlan-schema.js';

const node = nodeNameSchema;
const ifname = ifnameSchema;
const addresses = z.array(cidrSchema).max(maximumAddresses);
const connectEnd = strictObject({ node, ifname: ifname.exactOptional(), addresses: addresses.exactOptional() });

/** All edits but `batch`. */
const singleEdits = [
  strictObject({ type: z.literal('set-lab-name'), name: textSchema }),
  strictObject({
    type: z.literal('add-node'),
    kind: nodeKindSchema,
    name: node.exactOptional(),
    label: textSchema.exactOptional(),
    position: positionSchema.exactOptional(),
  }),
  strictObject({ type: z.literal('rename-node'), node, to: node }),
  strictObject({ type: z.literal('set-node'), node, label: textSchema.nullable().exactOptional() }),
  strictObject({ type: z.literal('move-nodes'), positions: z.record(node, positionSchema) }),
  strictObject({ type: z.literal('remove-nodes'), nodes: z.array(node).max(maximumNodes) }),
  strictObject({
    type: z.literal('add-interface'),
    node,
    ifname: ifname.exactOptional(),
    device: deviceSchema.exactOptional(),
  }),
  strictObject({ type: z.literal('set-device'), node, ifname, device: deviceSchema.nullable() }),
  strictObject({ type: z.literal('rename-interface'), node, ifname, to: ifname }),
  strictObject({
    type: z.literal('set-interface'),
    node,
    ifname,
    up: z.boolean().exactOptional(),
    mtu: mtuSchema.nullable().exactOptional(),
    mac: macSchema.nullable().exactOptional(),
  }),
  strictObject({ type: z.literal('remove-interface'), node, ifname }),
  strictObject({ type: z.literal('connect'), from: connectEnd, to: connectEnd }),
  strictObject({ type: z.literal('disconnect'), link: linkKeySchema, removeInterfaces: z.boolean().exactOptional() }),
  strictObject({
    type: z.literal('set-link'),
    link: linkKeySchema,
    up: z.boolean().exactOptional(),
    mtu: mtuSchema.nullable().exactOptional(),
    label: textSchema.nullable().exactOptional(),
  }),
  strictObject({ type: z.literal('set-addresses'), node, ifname, addresses }),
  strictObject({ type: z.literal('set-routes'), node, routes: z.array(routeSchema).max(maximumRoutes) }),
  strictObject({ type: z.literal('set-impairment'), node, ifname, impairment: impairmentSchema.nullable() }),
  strictObject({ type: z.literal('set-switch'), node, stp: z.boolean() }),
  strictObject({ type: z.literal('set-port-vlan'), node, ifname, vlan: portVlanSchema.nullable() }),
  strictObject({ type: z.literal('set-nat'), node, nat: natEntrySchema.nullable() }),
  strictObject({ type: z.literal('set-firewall'), node, firewall: firewallEntrySchema.nullable() }),
  strictObject({
    type: z.literal('set-vrf'),
    node,
    name: vrfNameSchema,
    table: tableSchema.exactOptional(),
    interfaces: z.array(ifname).max(maximumInterfaces).exactOptional(),
    routes: z.array(routeSchema).max(maximumRoutes).exactOptional(),
  }),
  strictObject({ type: z.literal('rename-vrf'), node, name: vrfNameSchema, to: vrfNameSchema }),
  strictObject({ type: z.literal('remove-vrf'), node, name: vrfNameSchema }),
  strictObject({
    type: z.literal('add-probe'),
    from: node,
    vrf: vrfNameSchema.exactOptional(),
    to: ipAddressSchema,
    intervalMs: intervalMsSchema.exactOptional(),
    expect: expectSchema.exactOptional(),
  }),
  strictObject({
    type: z.literal('set-probe'),
    probe: probeKeySchema,
    intervalMs: intervalMsSchema.exactOptional(),
    expect: expectSchema.nullable().exactOptional(),
  }),
  strictObject({ type: z.literal('remove-probe'), probe: probeKeySchema }),
  strictObject({
    type: z.literal('add-command'),
    node,
    name: commandNameSchema.exactOptional(),
    run: runSchema,
    vrf: commandVrfSchema.exactOptional(),
    start: commandStartSchema.exactOptional(),
    restart: commandRestartSchema.exactOptional(),
  }),
  strictObject({
    type: z.literal('set-command'),
    node,
    name: commandNameSchema,
    run: runSchema.exactOptional(),
    vrf: commandVrfSchema.nullable().exactOptional(),
    start: commandStartSchema.exactOptional(),
    restart: commandRestartSchema.exactOptional(),
  }),
  strictObject({ type: z.literal('rename-command'), node, name: commandNameSchema, to: commandNameSchema }),
  strictObject({ type: z.literal('remove-command'), node, name: commandNameSchema }),
  strictObject({
    type: z.literal('set-outside'),
    node,
    hostPorts: hostPortsSchema.nullable().exactOptional(),
    subnet: outsideSubnetSchema.nullable().exactOptional(),
  }),
  strictObject({ type: z.literal('set-publish'), node, publish: publishSchema }),
  strictObject({ type: z.literal('apply-diff'), diff: topologyDiffSchema }),
] as const;

/** Takes the place of `batch` at the deepest level, without looking inside: recursion ends here, whatever arrives. */
const tooDeep = z.looseObject({ type: z.literal('batch') }).transform((_value, context): Edit => {
  const detail = `Batches are nested more than ${maximumBatchDepth} deep.`;
  context.issues.push({
    code: 'custom',
    message: detail,
    params: { problem: { code: 'limit.depth', detail } },
    input: null,
  });
  return z.NEVER;
});

function editLevel(depth: number): z.ZodType<Edit> {
  if (depth === 0) return z.discriminatedUnion('type', [...singleEdits, tooDeep]);
  const edits = z.array(editLevel(depth - 1)).max(maximumBatchEdits);
  return z.discriminatedUnion('type', [...singleEdits, strictObject({ type: z.literal('batch'), edits })]);
}

/** Everything a person can do to a document. Strict; batches are bounded in depth and in the number of edits. */
export const editSchema: z.ZodType<Edit> = editLevel(maximumBatchDepth).superRefine((edit, context) => {
  const count = countEdits(edit);
  if (count <= maximumBatchEdits) return;
  const detail = `The batch has ${count} edits; at most ${maximumBatchEdits} fit.`;
  context.addIssue({ code: 'custom', message: detail, params: { problem: { code: 'limit.items', detail } } });
});

function countEdits(edit: Edit): number {
  return edit.type === 'batch' ? edit.edits.reduce((sum, inner) => sum + countEdits(inner), 0) : 1;
}
