import { z } from 'zod';
import { leftOutSchema } from '../adopt/adopt-schemas.js';
import { topologySchema } from './document.js';
import { observedSchema } from './observed.js';

export const hostNamespaceSchema = z.object({
  label: z.string(),
  kind: z.enum(['host', 'named', 'container', 'processes']),
  inode: z.number(),
  names: z.array(z.string()),
  lab: z.string().nullable(),
  container: z.string().nullable(),
  processes: z.number(),
});

export const drawnNodeSchema = z.object({ node: z.string(), namespace: z.string(), bridge: z.string().nullable() });

export const hostReplySchema = z.object({
  namespaces: z.array(hostNamespaceSchema),
  observed: observedSchema,
  topology: topologySchema,
  drawn: z.array(drawnNodeSchema),
  leftOut: z.array(leftOutSchema),
  notes: z.array(z.string()),
});

export const blockerSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('process'), namespace: z.string(), pid: z.number(), command: z.string() }),
  z.object({ kind: z.literal('interface'), namespace: z.string(), ifname: z.string() }),
]);

export const downReportSchema = z.object({
  lab: z.string(),
  namespaces: z.array(z.string()),
  processes: z.number(),
  blockers: z.array(blockerSchema),
});

/** A namespace of a node, or an interface: no name of either has a colon. */
const nameOnHost = z
  .string()
  .max(255)
  .regex(/^[^:]+$/, 'A name of a namespace or an interface has no colon.');

export const adoptOnHostBodySchema = z.strictObject({
  namespaces: z.array(nameOnHost).max(5_000),
  interfaces: z
    .array(z.strictObject({ namespace: nameOnHost, ifname: nameOnHost }))
    .max(5_000)
    .exactOptional(),
});

const id = z.string();

/** Members of the union of all messages to an agent. */
export const hostRequestSchemas = [
  z.object({ type: z.literal('take-down'), id, force: z.boolean() }),
  z.object({ type: z.literal('adopt-namespaces'), id, namespaces: z.array(z.string()) }),
] as const;

/** Members of the union of all messages of an agent. */
export const hostAnswerSchemas = [
  z.object({ type: z.literal('taken-down'), id, report: downReportSchema }),
  z.object({ type: z.literal('namespaces-adopted'), id, namespaces: z.array(z.string()) }),
] as const;
