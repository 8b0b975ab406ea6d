import type { TopologyDiff } from '../diff/topology-diff.js';
import { maximumBatchEdits } from '../model/limits.js';
import { commandSchema } from './command-schema.js';
import { strictObject, z } from './strict-zod.js';
import { interfaceSchema, linkSchema, nodeRecordSchema, positionSchema, probeSchema } from './topology-schema.js';
import {
  commandNameSchema,
  ifnameSchema,
  linkKeySchema,
  nodeNameSchema,
  probeKeySchema,
  textSchema,
} from './values.js';

/** A diff can touch every record of the largest lab once or twice. */
const maximumChanges = maximumBatchEdits * 5;

const renameSchema = z.discriminatedUnion('object', [
  strictObject({ object: z.literal('node'), from: nodeNameSchema, to: nodeNameSchema }),
  strictObject({ object: z.literal('interface'), node: nodeNameSchema, from: ifnameSchema, to: ifnameSchema }),
]);

const index = z.int().min(0);

function changed<Value extends z.ZodType>(value: Value) {
  return { before: value.nullable(), after: value.nullable(), index };
}

const changeSchema = z.discriminatedUnion('record', [
  strictObject({ record: z.literal('lab'), ...changed(strictObject({ name: textSchema })) }),
  strictObject({ record: z.literal('node'), node: nodeNameSchema, ...changed(nodeRecordSchema) }),
  strictObject({
    record: z.literal('interface'),
    node: nodeNameSchema,
    ifname: ifnameSchema,
    ...changed(interfaceSchema),
  }),
  strictObject({
    record: z.literal('command'),
    node: nodeNameSchema,
    name: commandNameSchema,
    ...changed(commandSchema),
  }),
  strictObject({ record: z.literal('link'), key: linkKeySchema, ...changed(linkSchema) }),
  strictObject({ record: z.literal('probe'), key: probeKeySchema, ...changed(probeSchema) }),
  strictObject({ record: z.literal('position'), node: nodeNameSchema, ...changed(positionSchema) }),
]);

/** The difference between two documents, as on the wire and in the journal. */
export const topologyDiffSchema: z.ZodType<TopologyDiff> = strictObject({
  renames: z.array(renameSchema).max(maximumBatchEdits),
  changes: z.array(changeSchema).max(maximumChanges),
});
