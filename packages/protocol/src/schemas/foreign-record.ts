import { z } from 'zod';

/** Which value schema a foreign record was made with, for the JSON Schema of the published API. */
const valueSchemas = new WeakMap<z.core.$ZodType, z.core.$ZodType>();

/**
 * A record whose keys come from the kernel and may be any text, `__proto__` included.
 * `z.record` leaves that key out; here it stays an ordinary own property, so that nothing of the kernel is hidden.
 */
export function foreignRecord<Value>(
  value: z.ZodType<Value>,
): z.ZodType<Readonly<Record<string, Value>>, Readonly<Record<string, unknown>>> {
  const schema = z
    .custom<Readonly<Record<string, unknown>>>(isRecord, 'expected an object')
    .transform((record, ctx) => {
      const entries: [string, Value][] = [];
      for (const [key, item] of Object.entries(record)) {
        const parsed = value.safeParse(item);
        if (parsed.success) {
          entries.push([key, parsed.data]);
          continue;
        }
        for (const issue of parsed.error.issues) {
          ctx.addIssue({ code: 'custom', message: issue.message, path: [key, ...issue.path] });
        }
      }
      // Object.fromEntries defines own properties: it never reaches the setter of `__proto__`.
      return Object.fromEntries(entries) as Readonly<Record<string, Value>>;
    });
  valueSchemas.set(schema, value);
  return schema;
}

/** The schema of the values when `schema` was made by `foreignRecord`. */
export function foreignRecordValue(schema: z.core.$ZodType): z.core.$ZodType | undefined {
  return valueSchemas.get(schema);
}

function isRecord(input: unknown): boolean {
  return typeof input === 'object' && input !== null && !Array.isArray(input);
}
