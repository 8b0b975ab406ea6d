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

export const adoptOnHostBodySchema = z.strictObject({ namespaces: z.array(z.string()).min(1).max(5_000) });

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
