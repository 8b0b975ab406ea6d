import { z } from 'zod';
import { firewallSchema } from './firewall-schema.js';
import { liveTextMax } from './live-reading.js';
import { liveSections } from './live-section.js';
import { problemOfReading, rowsOf } from './rows-schema.js';

const text = z.string().max(liveTextMax);
const family = z.union([z.literal(4), z.literal(6)]);
const operstate = z.enum(['unknown', 'notpresent', 'down', 'lowerlayerdown', 'testing', 'dormant', 'up']);
const portState = z.enum(['disabled', 'listening', 'learning', 'forwarding', 'blocking']);

const interfaceSchema = z.object({
  ifindex: z.number(),
  ifname: text,
  type: text,
  up: z.boolean(),
  carrier: z.boolean(),
  operstate,
  mtu: z.number(),
  mac: text.nullable(),
  master: text.nullable(),
  portState: portState.nullable(),
  peer: text.nullable(),
  qdisc: text.nullable(),
});

const countersSchema = z.object({
  ifindex: z.number(),
  ifname: text,
  rxBytes: z.number(),
  txBytes: z.number(),
  rxPackets: z.number(),
  txPackets: z.number(),
  rxErrors: z.number(),
  txErrors: z.number(),
  rxDropped: z.number(),
  txDropped: z.number(),
  rxBitsPerSecond: z.number().nullable(),
  txBitsPerSecond: z.number().nullable(),
  rxPacketsPerSecond: z.number().nullable(),
  txPacketsPerSecond: z.number().nullable(),
});

const addressSchema = z.object({
  ifname: text,
  family,
  address: text,
  peer: text.nullable(),
  scope: text,
  tentative: z.boolean(),
  dadFailed: z.boolean(),
  kernelMade: z.boolean(),
  permanent: z.boolean(),
});

const routeSchema = z.object({
  family,
  table: z.number(),
  tableName: text,
  type: text,
  to: text,
  via: text.nullable(),
  dev: text.nullable(),
  metric: z.number(),
  protocol: text,
  scope: text,
  source: text.nullable(),
  nexthops: z
    .array(z.object({ via: text.nullable(), dev: text.nullable(), weight: z.number(), linkDown: z.boolean() }))
    .max(256),
  kernelMade: z.boolean(),
  linkDown: z.boolean(),
});

const ruleSchema = z.object({
  family,
  priority: z.number(),
  selector: text,
  action: text,
  kernelMade: z.boolean(),
});

const neighbourSchema = z.object({
  family,
  address: text,
  ifname: text,
  mac: text.nullable(),
  state: text,
  router: z.boolean(),
});

const sysctlSchema = z.object({ key: text, ifname: text.nullable(), value: text, fresh: text.nullable() });

const socketSchema = z.object({
  protocol: text,
  state: text,
  local: text,
  remote: text.nullable(),
  uid: z.number(),
  rxQueueBytes: z.number(),
  txQueueBytes: z.number(),
  inode: z.number(),
  owner: z.object({ pid: z.number(), name: text }).nullable(),
});

const fdbSchema = z.object({
  mac: text,
  ifname: text,
  bridge: text.nullable(),
  vlan: z.number().nullable(),
  state: text,
});

const countSchema = z.object({ chain: text, index: z.number(), packets: z.number(), bytes: z.number() });

const connectionSchema = z.object({
  protocol: text,
  from: text,
  to: text,
  replyFrom: text,
  replyTo: text,
  translated: z.enum(['source', 'destination', 'both']).nullable(),
  state: text,
});

const piecesSchema = z.object({
  interfaces: rowsOf(interfaceSchema).exactOptional(),
  counters: rowsOf(countersSchema).exactOptional(),
  addresses: rowsOf(addressSchema).exactOptional(),
  routes: rowsOf(routeSchema).exactOptional(),
  rules: rowsOf(ruleSchema).exactOptional(),
  neighbours: rowsOf(neighbourSchema).exactOptional(),
  firewall: firewallSchema(problemOfReading).exactOptional(),
  sysctls: rowsOf(sysctlSchema).exactOptional(),
  sockets: rowsOf(socketSchema).exactOptional(),
  fdb: rowsOf(fdbSchema).exactOptional(),
  counted: rowsOf(countSchema).exactOptional(),
  connections: rowsOf(connectionSchema).exactOptional(),
});

const readingFields = { node: text, present: z.boolean(), pieces: piecesSchema };

/** One look at a namespace. Lenient about fields it does not know; bounded in rows and texts. */
export const liveReadingSchema = z.object(readingFields);

export const liveSectionSchema = z.enum(liveSections);

const sections = z.array(liveSectionSchema).max(liveSections.length);
/** As long as a namespace's name can be (255 bytes of a file name); empty for the lab's root namespace. */
const node = z.string().max(255);
const requestId = z.string().min(1).max(100);

export const inspectMessageSchema = z.strictObject({
  type: z.literal('inspect'),
  requestId,
  node: node.nullable(),
  sections,
});

export const liveMessageSchema = z.object({ type: z.literal('live'), ...readingFields });

export const inspectOrderSchema = z.object({
  type: z.literal('inspect'),
  wishes: z.array(z.object({ node, sections })),
});

export const lookOrderSchema = z.object({ type: z.literal('look'), id: z.string(), node, sections });

export const lookAnswerSchema = z.object({ type: z.literal('looked'), id: z.string(), reading: liveReadingSchema });
