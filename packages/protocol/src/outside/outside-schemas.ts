import { maximumNodes, maximumPorts, nodeNameSchema, outsideSubnetSchema, portSchema } from '@vethlab/topology';
import { z } from 'zod';

const key = z.string().max(64);
const publishWish = { namespace: nodeNameSchema, port: portSchema, at: portSchema };

/** Agent → whoever started it; members of `fromAgentSchema`. Strict in its values: a sandbox may be in the hands of somebody hostile. */
export const outsideOrderSchemas = [
  z.object({
    type: z.literal('way-out-start'),
    key,
    namespace: nodeNameSchema,
    subnet: outsideSubnetSchema,
    hostPorts: z.array(portSchema).max(maximumPorts),
  }),
  z.object({ type: z.literal('way-out-end'), key }),
  z.object({ type: z.literal('publish'), ports: z.array(z.object(publishWish)).max(maximumNodes) }),
] as const;

export const outsideOrderSchema = z.discriminatedUnion('type', [...outsideOrderSchemas]);

/** The other way; members of `toAgentSchema`. */
export const outsideNewsSchemas = [
  z.object({
    type: z.literal('way-out-lack'),
    lack: z.object({ reason: z.string().nullable(), remedy: z.string().nullable() }).nullable(),
  }),
  z.object({ type: z.literal('way-out-started'), key, problem: z.string().nullable() }),
  z.object({ type: z.literal('way-out-ended'), key, reason: z.string() }),
  z.object({
    type: z.literal('published'),
    problems: z.array(z.object({ ...publishWish, problem: z.string() })),
  }),
  z.object({ type: z.literal('published-connection'), namespace: nodeNameSchema, port: portSchema }),
] as const;
