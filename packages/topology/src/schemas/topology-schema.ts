import { maximumAddresses, maximumLinks, maximumProbes, maximumRoutes } from '../model/limits.js';
import type { Interface, Link, Node, Position, Probe, Route, Topology } from '../model/topology.js';
import { commandSchema } from './command-schema.js';
import { firewallSchema, natSchema } from './firewall-schema.js';
import { impairmentSchema } from './impairment-schema.js';
import { strictObject, z } from './strict-zod.js';
import {
  cidrSchema,
  commandNameSchema,
  coordinateSchema,
  destinationSchema,
  endpointSchema,
  ifnameSchema,
  intervalMsSchema,
  ipAddressSchema,
  macSchema,
  metricSchema,
  mtuSchema,
  nodeKindSchema,
  nodeNameSchema,
  textSchema,
} from './values.js';
import { portVlanSchema } from './vlan-schema.js';

// Schemas of the normalised document, as it is held in memory and sent between processes. One per record kind.

export const routeSchema = strictObject({
  to: destinationSchema,
  via: ipAddressSchema.exactOptional(),
  dev: ifnameSchema.exactOptional(),
  metric: metricSchema.exactOptional(),
}) satisfies z.ZodType<Route>;

export const interfaceSchema = strictObject({
  addresses: z.array(cidrSchema).max(maximumAddresses),
  up: z.boolean(),
  mtu: mtuSchema.exactOptional(),
  mac: macSchema.exactOptional(),
  impairment: impairmentSchema.exactOptional(),
  vlan: portVlanSchema.exactOptional(),
}) satisfies z.ZodType<Interface>;

export const forwardsSchema = z
  .enum(['ipv4', 'ipv6'])
  .meta({ description: 'A router that forwards packets of one family only; both when absent.' });

export const loopbackSchema = z
  .literal('down')
  .meta({ description: 'The loopback is left down, as `ip netns add` leaves it; it is up when absent.' });

export const nodeRecordSchema = strictObject({
  kind: nodeKindSchema,
  label: textSchema.exactOptional(),
  forwards: forwardsSchema.exactOptional(),
  loopback: loopbackSchema.exactOptional(),
  stp: z.literal(true).exactOptional(),
  routes: z.array(routeSchema).max(maximumRoutes),
  nat: natSchema.exactOptional(),
  firewall: firewallSchema.exactOptional(),
});

export const nodeSchema = strictObject({
  ...nodeRecordSchema.shape,
  interfaces: z.record(ifnameSchema, interfaceSchema),
  commands: z.record(commandNameSchema, commandSchema).exactOptional(),
}) satisfies z.ZodType<Node>;

export const linkSchema = strictObject({
  endpoints: z.tuple([endpointSchema, endpointSchema]),
  up: z.boolean(),
  mtu: mtuSchema.exactOptional(),
  label: textSchema.exactOptional(),
}) satisfies z.ZodType<Link>;

export const probeSchema = strictObject({
  from: nodeNameSchema,
  to: ipAddressSchema,
  intervalMs: intervalMsSchema,
}) satisfies z.ZodType<Probe>;

export const positionSchema = strictObject({ x: coordinateSchema, y: coordinateSchema }) satisfies z.ZodType<Position>;

/** The whole document, normalised: every default is filled in. It says nothing about what records mean to each other: see `validate`. */
export const topologySchema: z.ZodType<Topology> = strictObject({
  vethlab: z.literal(1),
  name: textSchema,
  nodes: z.record(nodeNameSchema, nodeSchema),
  links: z.array(linkSchema).max(maximumLinks),
  probes: z.array(probeSchema).max(maximumProbes),
  canvas: strictObject({ nodes: z.record(nodeNameSchema, positionSchema) }),
});
