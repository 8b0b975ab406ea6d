import {
  maximumAddresses,
  maximumInterfaces,
  maximumLinks,
  maximumPorts,
  maximumProbes,
  maximumRoutes,
} from '../model/limits.js';
import type { Interface, Link, Node, Position, Probe, PublishedPort, Route, Topology, Vrf } from '../model/topology.js';
import { commandSchema } from './command-schema.js';
import { deviceSchema } from './device-schema.js';
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
  outsideSubnetSchema,
  portSchema,
  tableSchema,
  textSchema,
  vrfNameSchema,
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
  device: deviceSchema.exactOptional(),
  addresses: z.array(cidrSchema).max(maximumAddresses),
  up: z.boolean(),
  mtu: mtuSchema.exactOptional(),
  mac: macSchema.exactOptional(),
  impairment: impairmentSchema.exactOptional(),
  vlan: portVlanSchema.exactOptional(),
}) satisfies z.ZodType<Interface>;

export const vrfSchema = strictObject({
  table: tableSchema,
  interfaces: z.array(ifnameSchema).max(maximumInterfaces),
  routes: z.array(routeSchema).max(maximumRoutes),
}) satisfies z.ZodType<Vrf>;

export const forwardsSchema = z
  .enum(['ipv4', 'ipv6'])
  .meta({ description: 'A router that forwards packets of one family only; both when absent.' });

export const loopbackSchema = z
  .literal('down')
  .meta({ description: 'The loopback is left down, as `ip netns add` leaves it; it is up when absent.' });

export const hostPortsSchema = z.array(portSchema).max(maximumPorts).meta({
  description: "Of an internet node: TCP ports of the machine's loopback that the lab may reach; none when absent.",
});

export const publishedPortSchema = strictObject({
  port: portSchema,
  at: portSchema,
}) satisfies z.ZodType<PublishedPort>;

export const publishSchema = z.array(publishedPortSchema).max(maximumPorts).meta({
  description: 'Ports of the node that can be reached on 127.0.0.1 of the machine.',
});

export const nodeRecordSchema = strictObject({
  kind: nodeKindSchema,
  label: textSchema.exactOptional(),
  forwards: forwardsSchema.exactOptional(),
  loopback: loopbackSchema.exactOptional(),
  stp: z.literal(true).exactOptional(),
  routes: z.array(routeSchema).max(maximumRoutes),
  vrfs: z.record(vrfNameSchema, vrfSchema).exactOptional(),
  nat: natSchema.exactOptional(),
  firewall: firewallSchema.exactOptional(),
  hostPorts: hostPortsSchema.exactOptional(),
  subnet: outsideSubnetSchema.exactOptional(),
  publish: publishSchema.exactOptional(),
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

export const expectSchema = z
  .literal('none')
  .meta({ description: 'There must be no answer; when absent, there must be one.' });

export const probeSchema = strictObject({
  from: nodeNameSchema,
  vrf: vrfNameSchema.exactOptional(),
  to: ipAddressSchema,
  intervalMs: intervalMsSchema,
  expect: expectSchema.exactOptional(),
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
