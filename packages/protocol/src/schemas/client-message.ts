import { z } from 'zod';
import { adoptRequestSchemas } from '../adopt/adopt-schemas.js';
import { inspectMessageSchema } from '../inspect/live-schemas.js';
import { editSchema } from './document.js';
import { labModeSchema } from './lab.js';

/** Long enough for a UUID with a prefix; short enough that echoing it back costs nothing. */
const requestIdMaxLength = 100;

/** A plan of 5,000 nodes has some 20,000 steps, but a person picks drift by hand: more than this is "all of them". */
const repairItemsMax = 10_000;

const requestId = z.string().min(1).max(requestIdMaxLength);
const revision = z.int().nonnegative();

/** Ids of steps, as sent in `DriftItem.repair.id`. */
export const repairItemsSchema = z.array(z.string().max(300)).max(repairItemsMax);
export const familySchema = z.union([z.literal(4), z.literal(6)]);

/** The one message whose content is a person's, so that what is wrong with it is told as diagnostics. */
export const editMessageSchema = z.strictObject({
  type: z.literal('edit'),
  requestId,
  baseRevision: revision,
  edit: editSchema,
  takeOver: z.literal(true).exactOptional(),
});

/** Browser → server. Strict: an unknown key is an error. */
export const clientMessageSchema = z.discriminatedUnion('type', [
  editMessageSchema,
  z.strictObject({
    type: z.literal('revert'),
    requestId,
    baseRevision: revision,
    revision,
    takeOver: z.literal(true).exactOptional(),
  }),
  z.strictObject({ type: z.literal('resync') }),
  z.strictObject({ type: z.literal('start'), requestId }),
  z.strictObject({ type: z.literal('stop'), requestId }),
  z.strictObject({ type: z.literal('set-mode'), requestId, mode: labModeSchema }),
  z.strictObject({ type: z.literal('plan'), requestId }),
  z.strictObject({ type: z.literal('apply'), requestId }),
  z.strictObject({ type: z.literal('repair'), requestId, items: repairItemsSchema.exactOptional() }),
  z.strictObject({ type: z.literal('reach'), requestId, family: familySchema }),
  inspectMessageSchema,
  ...adoptRequestSchemas,
  z.strictObject({ type: z.literal('cancel'), requestId }),
  z.strictObject({ type: z.literal('ping'), requestId }),
]);
