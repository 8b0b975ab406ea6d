import { z } from 'zod';
import { adoptOrderSchemas } from '../adopt/adopt-schemas.js';
import { inspectOrderSchema, lookOrderSchema } from '../inspect/live-schemas.js';
import { outsideNewsSchemas } from '../outside/outside-schemas.js';
import { commandOrderSchemas } from '../processes/command-schemas.js';
import { terminalOrderSchemas } from '../terminals/terminal-schemas.js';
import { familySchema } from './client-message.js';
import { topologyDiffSchema, topologySchema } from './document.js';
import { hostRequestSchemas } from './host.js';

const id = z.string();

/** Server → agent. Unknown fields are dropped: both ends are of one build. */
export const toAgentSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('open'), topology: topologySchema, revision: z.number() }),
  z.object({ type: z.literal('change'), diff: topologyDiffSchema, revision: z.number() }),
  z.object({ type: z.literal('plan'), id, diff: topologyDiffSchema.nullable() }),
  z.object({ type: z.literal('repair'), id, items: z.array(z.string()).nullable() }),
  z.object({ type: z.literal('reach'), id, family: familySchema }),
  z.object({ type: z.literal('cancel'), id }),
  z.object({ type: z.literal('watch'), counters: z.boolean() }),
  inspectOrderSchema,
  lookOrderSchema,
  ...hostRequestSchemas,
  ...adoptOrderSchemas,
  ...terminalOrderSchemas,
  ...commandOrderSchemas,
  ...outsideNewsSchemas,
  z.object({
    type: z.literal('exec'),
    id,
    command: z.tuple([z.string()], z.string()).nullable(),
    cwd: z.string(),
    env: z.record(z.string(), z.string()),
  }),
  z.object({ type: z.literal('teardown'), id }),
  z.object({ type: z.literal('figures'), id }),
]);
