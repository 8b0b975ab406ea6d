import { z } from 'zod';
import { liveRowsMax, liveTextMax } from './live-reading.js';

const text = z.string().max(liveTextMax);

const ruleSchema = z.object({
  key: text,
  text,
  comment: text.nullable(),
  packets: z.number().nullable(),
  bytes: z.number().nullable(),
});

const chainSchema = z.object({
  name: text,
  hook: text.nullable(),
  policy: text.nullable(),
  rules: z.array(ruleSchema).max(liveRowsMax),
});

const setSchema = z.object({
  name: text,
  kind: z.enum(['set', 'map', 'counter']),
  what: text,
  size: z.number().nullable(),
});

const tableSchema = z.object({
  source: z.enum(['nft', 'iptables', 'ip6tables', 'iptables-legacy', 'ip6tables-legacy']),
  family: text,
  name: text,
  chains: z.array(chainSchema).max(liveRowsMax),
  sets: z.array(setSchema).max(liveRowsMax),
});

/** Tables with their chains and rules, bounded as all of a reading is. */
export function firewallSchema<Problem extends z.ZodType>(problem: Problem) {
  return z.object({
    tables: z.array(tableSchema).max(liveRowsMax),
    total: z.number(),
    problem: problem.nullable(),
  });
}
