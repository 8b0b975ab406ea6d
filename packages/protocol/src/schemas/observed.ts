import { z } from 'zod';
import { foreignRecord } from './foreign-record.js';

/*
 * What the kernel says, read leniently: unknown fields are dropped, names may be any text.
 * Closed sets that the agent maps itself (operstate, scope) are checked, because the canvas draws by them.
 */

const operstate = z.enum(['unknown', 'notpresent', 'down', 'lowerlayerdown', 'testing', 'dormant', 'up']);
const portState = z.enum(['disabled', 'listening', 'learning', 'forwarding', 'blocking']);

const observedAddressSchema = z.object({
  address: z.string(),
  scope: z.enum(['global', 'site', 'link', 'host', 'nowhere']),
  kernelMade: z.boolean(),
  tentative: z.boolean(),
  dadFailed: z.boolean(),
});

const observedRouteSchema = z.object({
  family: z.union([z.literal(4), z.literal(6)]),
  to: z.string(),
  via: z.string().nullable(),
  dev: z.string().nullable(),
  metric: z.number(),
  protocol: z.number(),
  linkDown: z.boolean(),
  table: z.number().exactOptional(),
});

const number = z.number().exactOptional();
/** What a queueing discipline does to packets; in documents and in the kernel alike. */
export const impairmentSchema = z.object({
  delayMs: number,
  jitterMs: number,
  lossPercent: number,
  duplicatePercent: number,
  reorderPercent: number,
  corruptPercent: number,
  rateBitsPerSecond: number,
  limitPackets: number,
});
const shapingSchema = impairmentSchema.extend({
  kind: z.enum(['tbf', 'netem']),
  limitBytes: number,
  beyond: z.array(z.string()).exactOptional(),
});
const name = z.string().nullable();
const beyond = z.string().exactOptional();

const observedDeviceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('vlan'), parent: name, id: z.number(), beyond }),
  z.object({
    kind: z.literal('vxlan'),
    parent: name,
    id: z.number(),
    local: name,
    remote: name,
    port: z.number(),
    beyond,
  }),
  z.object({ kind: z.literal('macvlan'), parent: name, mode: z.string(), beyond }),
  z.object({
    kind: z.literal('gre'),
    local: name,
    remote: name,
    key: z.number().nullable(),
    ttl: z.number(),
    beyond,
  }),
  z.object({ kind: z.literal('bond'), mode: z.string(), beyond }),
  z.object({ kind: z.literal('vrf'), table: z.number(), beyond }),
]);

export const portVlanSchema = z.object({ id: z.number(), pvid: z.boolean(), untagged: z.boolean() });

const observedInterfaceSchema = z.object({
  ifname: z.string(),
  ifindex: z.number(),
  type: z.string(),
  up: z.boolean(),
  carrier: z.boolean(),
  operstate,
  mtu: z.number(),
  mac: z.string().nullable(),
  master: z.string().nullable(),
  portState: portState.nullable(),
  peer: z.object({ namespace: z.string(), ifname: z.string() }).nullable(),
  addresses: z.array(observedAddressSchema),
  qdisc: z.string().exactOptional(),
  shaping: shapingSchema.exactOptional(),
  ingress: z.string().exactOptional(),
  device: observedDeviceSchema.exactOptional(),
  stp: z.literal(true).exactOptional(),
  vlanFiltering: z.literal(true).exactOptional(),
  vlans: z.array(portVlanSchema).exactOptional(),
  macByHand: z.literal(true).exactOptional(),
});

const wayOutSchema = z.object({ subnet: z.string(), hostPorts: z.array(z.number()) });

const publishedSchema = z.array(z.object({ port: z.number(), at: z.number(), problem: z.string().nullable() }));

const forwarding = z.object({ ipv4: z.boolean(), ipv6: z.boolean() });

/** What rules say is checked, because they become part of documents; families and names may be any. */
export const ruleSchema = z.object({
  match: z.object({
    in: z.string().exactOptional(),
    out: z.string().exactOptional(),
    family: z.enum(['ipv4', 'ipv6']).exactOptional(),
    from: z.string().exactOptional(),
    to: z.string().exactOptional(),
    protocol: z.enum(['tcp', 'udp', 'icmp', 'icmpv6']).exactOptional(),
    port: z.number().exactOptional(),
    state: z.array(z.enum(['new', 'established', 'related', 'invalid', 'untracked'])).exactOptional(),
  }),
  action: z.discriminatedUnion('kind', [
    z.object({ kind: z.enum(['accept', 'drop', 'masquerade']) }),
    z.object({ kind: z.literal('reject') }),
    z.object({ kind: z.literal('snat'), to: z.string() }),
    z.object({ kind: z.literal('dnat'), to: z.string(), port: z.number().exactOptional() }),
  ]),
});

export const baseChainSchema = z.object({
  type: z.enum(['filter', 'nat']),
  hook: z.enum(['prerouting', 'input', 'forward', 'output', 'postrouting']),
  priority: z.number(),
  policy: z.enum(['accept', 'drop']),
});

const observedTableSchema = z.object({
  family: z.string(),
  name: z.string(),
  chains: z.array(
    z.object({ name: z.string(), base: baseChainSchema.nullable(), rules: z.array(ruleSchema.nullable()) }),
  ),
});

const beyondSchema = z.array(
  z.object({ kind: z.enum(['rule', 'route', 'neighbour', 'fdb', 'sysctl', 'table']), text: z.string() }),
);

const observedNamespaceSchema = z.object({
  name: z.string(),
  inode: z.number(),
  forwarding,
  interfaces: foreignRecord(observedInterfaceSchema),
  routes: z.array(observedRouteSchema),
  wayOut: wayOutSchema.exactOptional(),
  published: publishedSchema.exactOptional(),
  tables: z.array(observedTableSchema).exactOptional(),
  beyond: beyondSchema.exactOptional(),
});

/** Everything the kernel says of a lab. */
export const observedSchema = z.object({
  namespaces: foreignRecord(observedNamespaceSchema),
  root: foreignRecord(observedInterfaceSchema).exactOptional(),
  rootBeyond: beyondSchema.exactOptional(),
});

const namespaceDeltaSchema = z.object({
  inode: z.number().exactOptional(),
  forwarding: forwarding.exactOptional(),
  interfaces: foreignRecord(observedInterfaceSchema.nullable()).exactOptional(),
  routes: z.array(observedRouteSchema).exactOptional(),
  wayOut: wayOutSchema.nullable().exactOptional(),
  published: publishedSchema.nullable().exactOptional(),
  tables: z.array(observedTableSchema).exactOptional(),
  beyond: beyondSchema.exactOptional(),
});

/** What changed between two looks at the kernel. */
export const observedDeltaSchema = z.object({
  namespaces: foreignRecord(namespaceDeltaSchema.nullable()),
  root: foreignRecord(observedInterfaceSchema.nullable()).exactOptional(),
  rootBeyond: beyondSchema.exactOptional(),
});
