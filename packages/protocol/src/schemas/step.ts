import type { Operation } from '@vethlab/planner';
import { type Cidr, deviceSchema, type Ifname, type IpAddress, type Mac, type NodeName } from '@vethlab/topology';
import { z } from 'zod';
import { baseChainSchema, impairmentSchema, portVlanSchema, ruleSchema } from './observed.js';

/*
 * Steps come from the agent, which made them out of a checked document and what it observed. They are shown and sent
 * back by id, never carried out by a reader of these schemas; so the shape is read here, and names are taken as they are.
 */

/** Text that another process has parsed already. */
function parsedText<Name extends string>(): z.ZodType<Name, string> {
  return z.string() as unknown as z.ZodType<Name, string>;
}

const nodeName = parsedText<NodeName>();
const ifname = parsedText<Ifname>();
const cidr = parsedText<Cidr>();
const ipAddress = parsedText<IpAddress>();
const mac = parsedText<Mac>();
const family = z.union([z.literal(4), z.literal(6)]);
const to = z.union([z.literal('default'), cidr]);

const vethEnd = z.object({
  namespace: nodeName,
  ifname,
  mtu: z.number().exactOptional(),
  mac: mac.exactOptional(),
});

const route = z.object({
  family,
  to,
  via: ipAddress.exactOptional(),
  dev: ifname.exactOptional(),
  metric: z.number().exactOptional(),
  table: z.number().exactOptional(),
});

/** Of a document, and the device of a VRF. */
const device: z.ZodType<Extract<Operation, { op: 'add-device' }>['device'], unknown> = z.union([
  deviceSchema,
  z.object({ kind: z.literal('vrf'), table: z.number() }),
]);

/** The closed set of things Vethlab does to a kernel. */
const operationSchema = z.discriminatedUnion('op', [
  z.object({ op: z.literal('add-namespace'), namespace: nodeName }),
  z.object({ op: z.literal('rename-namespace'), namespace: nodeName, to: nodeName }),
  z.object({ op: z.literal('remove-namespace'), namespace: nodeName }),
  z.object({ op: z.literal('skip-dad'), namespace: nodeName, ifnames: z.array(ifname) }),
  z.object({ op: z.literal('set-forwarding'), namespace: nodeName, family, enabled: z.boolean() }),
  z.object({ op: z.literal('open-way-out'), namespace: nodeName, subnet: cidr, hostPorts: z.array(z.number()) }),
  z.object({ op: z.literal('close-way-out'), namespace: nodeName }),
  z.object({ op: z.literal('add-veth'), ends: z.tuple([vethEnd, vethEnd]) }),
  z.object({ op: z.literal('add-bridge'), namespace: nodeName, ifname: z.string() }),
  z.object({
    op: z.literal('add-device'),
    namespace: nodeName,
    ifname,
    device,
    mtu: z.number().exactOptional(),
    mac: mac.exactOptional(),
  }),
  z.object({ op: z.literal('set-device'), namespace: nodeName, ifname, device }),
  z.object({ op: z.literal('remove-interface'), namespace: nodeName, ifname: z.string() }),
  z.object({ op: z.literal('rename-interface'), namespace: nodeName, ifname: z.string(), to: ifname }),
  z.object({
    op: z.literal('set-interface'),
    namespace: nodeName,
    ifname: z.string(),
    up: z.boolean().exactOptional(),
    mtu: z.number().exactOptional(),
    mac: mac.exactOptional(),
    master: z.string().nullable().exactOptional(),
  }),
  z.object({
    op: z.literal('limit-rate'),
    namespace: nodeName,
    ifname: z.string(),
    bitsPerSecond: z.number().nullable(),
  }),
  z.object({
    op: z.literal('set-impairment'),
    namespace: nodeName,
    ifname: z.string(),
    impairment: impairmentSchema.nullable(),
    before: impairmentSchema.nullable(),
  }),
  z.object({
    op: z.literal('set-bridge'),
    namespace: nodeName,
    ifname: z.string(),
    stp: z.boolean().exactOptional(),
    vlanFiltering: z.boolean().exactOptional(),
  }),
  z.object({
    op: z.literal('add-port-vlans'),
    namespace: nodeName,
    ifname: z.string(),
    vlans: z.array(portVlanSchema),
  }),
  z.object({ op: z.literal('remove-port-vlans'), namespace: nodeName, ifname: z.string(), ids: z.array(z.number()) }),
  z.object({ op: z.literal('add-address'), namespace: nodeName, ifname: z.string(), address: cidr }),
  z.object({ op: z.literal('remove-address'), namespace: nodeName, ifname: z.string(), address: cidr }),
  z.object({
    op: z.literal('set-rules'),
    namespace: nodeName,
    chains: z.array(
      z.object({ name: z.string(), base: baseChainSchema, rules: z.array(ruleSchema), names: z.array(z.string()) }),
    ),
  }),
  z.object({ op: z.literal('remove-table'), namespace: nodeName, family: z.string(), table: z.string() }),
  z.object({ op: z.literal('set-route'), namespace: nodeName, route }),
  z.object({ op: z.literal('remove-route'), namespace: nodeName, route }),
]);

/** One step of a plan. */
export const stepSchema = z.object({
  id: z.string(),
  action: z.enum(['add', 'change', 'remove']),
  object: z.string(),
  reason: z.string(),
  dependsOn: z.array(z.string()),
  operation: operationSchema,
});
