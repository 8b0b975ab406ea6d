import { maximumAddresses, maximumInterfaces, maximumLinks, maximumProbes, maximumRoutes } from '../model/limits.js';
import { parseInterval } from '../model/parse-values.js';
import { commandRestartSchema, commandStartSchema, commandVrfSchema, runSchema } from '../schemas/command-schema.js';
import { deviceSchema } from '../schemas/device-schema.js';
import { firewallEntrySchema, natEntrySchema } from '../schemas/firewall-schema.js';
import { impairmentEntrySchema } from '../schemas/impairment-schema.js';
import { parsedText, strictObject, z } from '../schemas/strict-zod.js';
import {
  expectSchema,
  forwardsSchema,
  hostPortsSchema,
  loopbackSchema,
  positionSchema,
  publishSchema,
  routeSchema,
} from '../schemas/topology-schema.js';
import {
  cidrSchema,
  commandNameSchema,
  endpointSchema,
  ifnameSchema,
  ipAddressSchema,
  macSchema,
  mtuSchema,
  nodeKindSchema,
  nodeNameSchema,
  outsideSubnetSchema,
  tableSchema,
  textSchema,
  vrfNameSchema,
} from '../schemas/values.js';
import { portVlanSchema } from '../schemas/vlan-schema.js';

// A key without a value is null in YAML; an empty section means the same as none.
const section = <Schema extends z.ZodType>(schema: Schema) => schema.nullable().exactOptional();

const interfaceEntrySchema = strictObject({
  device: deviceSchema.exactOptional(),
  addresses: section(z.array(cidrSchema).max(maximumAddresses)),
  up: z.boolean().meta({ description: 'Admin state; true when absent.' }).exactOptional(),
  mtu: mtuSchema.exactOptional(),
  mac: macSchema.exactOptional(),
  impairment: section(impairmentEntrySchema),
  vlan: portVlanSchema.exactOptional(),
});

const commandEntrySchema = strictObject({
  run: runSchema,
  vrf: commandVrfSchema.exactOptional(),
  start: commandStartSchema.exactOptional(),
  restart: commandRestartSchema.exactOptional(),
});

const vrfEntrySchema = strictObject({
  table: tableSchema,
  interfaces: section(z.array(ifnameSchema).max(maximumInterfaces)),
  routes: section(z.array(routeSchema).max(maximumRoutes)),
});

const nodeEntrySchema = strictObject({
  kind: nodeKindSchema,
  label: textSchema.exactOptional(),
  forwards: forwardsSchema.exactOptional(),
  loopback: loopbackSchema.exactOptional(),
  stp: z.boolean().meta({ description: 'Spanning tree of a switch; off when absent.' }).exactOptional(),
  interfaces: section(z.record(ifnameSchema, interfaceEntrySchema.nullable())),
  routes: section(z.array(routeSchema).max(maximumRoutes)),
  vrfs: section(z.record(vrfNameSchema, vrfEntrySchema)),
  nat: section(natEntrySchema),
  firewall: section(firewallEntrySchema),
  commands: section(z.record(commandNameSchema, commandEntrySchema)),
  hostPorts: section(hostPortsSchema),
  subnet: outsideSubnetSchema.exactOptional(),
  publish: section(publishSchema),
});

const linkEntrySchema = strictObject({
  endpoints: z.tuple([endpointSchema, endpointSchema]),
  up: z.boolean().meta({ description: 'False takes both ends down; true when absent.' }).exactOptional(),
  mtu: mtuSchema.exactOptional(),
  label: textSchema.exactOptional(),
});

const probeEntrySchema = strictObject({
  from: nodeNameSchema,
  vrf: vrfNameSchema.exactOptional(),
  to: ipAddressSchema,
  interval: parsedText(parseInterval, {
    description: 'Time from one ping to the next, in ms or s; 1s when absent.',
    pattern: '^\\d+(\\.\\d+)?(ms|s)$',
    examples: ['1s', '500ms'],
  }).exactOptional(),
  expect: expectSchema.exactOptional(),
});

/** The lab file as a person writes it: short, with defaults left out. See interfaces.md. */
export const labFileSchema = strictObject({
  vethlab: z.literal(1).meta({ description: 'Format version.' }),
  name: textSchema,
  nodes: section(z.record(nodeNameSchema, nodeEntrySchema)),
  links: section(z.array(linkEntrySchema).max(maximumLinks)),
  probes: section(z.array(probeEntrySchema).max(maximumProbes)),
  canvas: section(strictObject({ nodes: section(z.record(nodeNameSchema, positionSchema)) })),
}).meta({
  title: 'Vethlab lab file',
  description: 'A network of Linux network namespaces: nodes, links and probes.',
});

export type LabFile = z.output<typeof labFileSchema>;

/** JSON Schema (draft 2020-12) of the lab file, for editors and other programs. Published as docs/lab.schema.json. */
export function labFileJsonSchema(): Record<string, unknown> {
  return { ...z.toJSONSchema(labFileSchema, { io: 'input', target: 'draft-2020-12' }) };
}
