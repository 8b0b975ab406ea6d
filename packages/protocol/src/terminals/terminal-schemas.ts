import { z } from 'zod';
import { terminalColsMax, terminalRowsMax } from './terminal.js';

/** As long as a name of a namespace can be: a file name (NAME_MAX of limits.h). */
const nodeNameMaxLength = 255;

const id = z.string();
const terminal = z.string().max(64);
const cols = z.int().min(1).max(terminalColsMax);
const rows = z.int().min(1).max(terminalRowsMax);
const node = z.string().min(1).max(nodeNameMaxLength);
/** An interface in the kernel: IFNAMSIZ. */
const vrf = z.string().min(1).max(15);
const bytes = z.int().nonnegative();
/** Base64 of at most 64 KiB, with room for its padding. */
const data = z.string().max(90_000);

export const terminalEndSchema = z.enum(['ended', 'closed', 'node-removed', 'lab-stopped', 'agent-lost']);

export const terminalSessionSchema = z.object({
  id,
  node: z.string().nullable(),
  vrf: z.string().exactOptional(),
  title: z.string(),
  state: z.enum(['running', 'exited']),
  reason: terminalEndSchema.nullable(),
  detail: z.string().nullable(),
  exitCode: z.number().nullable(),
  signal: z.string().nullable(),
  cols: z.number(),
  rows: z.number(),
  viewers: z.number(),
});

export const openTerminalBodySchema = z.strictObject({
  node: node.nullable(),
  vrf: vrf.exactOptional(),
  cols: cols.exactOptional(),
  rows: rows.exactOptional(),
});

export const terminalListReplySchema = z.object({ terminals: z.array(terminalSessionSchema) });

/** Server → agent; members of `toAgentSchema`. */
export const terminalOrderSchemas = [
  z.object({
    type: z.literal('terminal-open'),
    id,
    terminal,
    node: node.nullable(),
    vrf: vrf.exactOptional(),
    cols,
    rows,
  }),
  z.object({ type: z.literal('terminal-input'), terminal, data }),
  z.object({ type: z.literal('terminal-resize'), terminal, cols, rows }),
  z.object({ type: z.literal('terminal-ack'), terminal, bytes }),
  z.object({ type: z.literal('terminal-close'), terminal }),
] as const;

/** Agent → server; members of `fromAgentSchema`. */
export const terminalNewsSchemas = [
  z.object({ type: z.literal('terminal-opened'), id, pid: z.number(), shell: z.string() }),
  z.object({ type: z.literal('terminal-output'), terminal, data }),
  z.object({ type: z.literal('terminal-taken'), terminal, bytes }),
  z.object({ type: z.literal('terminal-renamed'), terminal, node: z.string() }),
  z.object({
    type: z.literal('terminal-exited'),
    terminal,
    reason: z.enum(['ended', 'closed', 'node-removed']),
    exitCode: z.number().nullable(),
    signal: z.string().nullable(),
  }),
] as const;

/** Viewer → server. Strict: an unknown key is an error. */
export const terminalViewerFrameSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('resize'), cols, rows }),
  z.strictObject({ type: z.literal('ack'), bytes }),
]);

/** Server → viewer. Lenient about fields it does not know. */
export const terminalServerFrameSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('attached'),
    session: terminalSessionSchema,
    from: z.number(),
    reset: z.boolean(),
    end: z.number().exactOptional(),
  }),
  z.object({ type: z.literal('size'), cols: z.number(), rows: z.number() }),
  z.object({ type: z.literal('session'), session: terminalSessionSchema }),
  z.object({ type: z.literal('exited'), session: terminalSessionSchema }),
  z.object({ type: z.literal('error'), code: z.string(), detail: z.string() }),
]);
