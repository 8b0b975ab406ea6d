import { maximumArgumentBytes, maximumArguments, maximumIfnameLength, maximumLabCommands } from '@vethlab/topology';
import { z } from 'zod';
import { maximumNodeProcesses } from './command-status.js';

const id = z.string();
const node = z.string();
const name = z.string();
const at = z.number();

export const commandStateSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('waiting-for-consent') }),
  z.object({ state: z.literal('idle') }),
  z.object({ state: z.literal('starting') }),
  z.object({ state: z.literal('running'), pid: z.number(), sinceMs: at }),
  z.object({ state: z.literal('stopping'), pid: z.number() }),
  z.object({
    state: z.literal('exited'),
    exitCode: z.number().nullable(),
    signal: z.string().nullable(),
    atMs: at,
    restartAtMs: at.nullable(),
  }),
  z.object({ state: z.literal('failed'), error: z.string(), atMs: at }),
]);

export const commandRefSchema = z.object({ node, name });

export const commandStatusSchema = z.object({
  node,
  name,
  status: commandStateSchema,
  restarts: z.number(),
  stoppedByHand: z.boolean(),
});

export const waitingCommandSchema = z.object({
  node,
  name,
  run: z.array(z.string()),
  vrf: z.string().exactOptional(),
});

export const commandsViewSchema = z.object({
  statuses: z.array(commandStatusSchema),
  waiting: z.array(waitingCommandSchema),
});

export const commandLogSchema = z.object({ from: z.number(), next: z.number(), text: z.string() });

export const nodeProcessSchema = z.object({
  pid: z.number(),
  parentPid: z.number(),
  startedTicks: z.number(),
  startedAtMs: at,
  arguments: z.array(z.string()),
  state: z.string(),
  cpuMs: z.number(),
  residentBytes: z.number(),
  command: z.string().nullable(),
});

export const nodeProcessesSchema = z.object({
  takenMs: z.number(),
  processes: z.array(nodeProcessSchema).max(maximumNodeProcesses),
  total: z.number(),
});

const signal = z.enum(['SIGTERM', 'SIGKILL']);

/** Server → agent; members of `toAgentSchema`. */
export const commandOrderSchemas = [
  z.object({ type: z.literal('allow-commands'), keys: z.array(z.string()) }),
  z.object({ type: z.literal('command-act'), id, node, name, act: z.enum(['start', 'stop', 'restart']) }),
  z.object({ type: z.literal('command-log'), id, node, name, from: z.number() }),
  z.object({ type: z.literal('processes'), id, node }),
  z.object({ type: z.literal('process-signal'), id, node, pid: z.number(), startedTicks: z.number(), signal }),
] as const;

/** Agent → server; members of `fromAgentSchema`. */
export const commandNewsSchemas = [
  z.object({
    type: z.literal('commands'),
    statuses: z.array(commandStatusSchema).max(maximumLabCommands),
    gone: z.array(commandRefSchema).max(maximumLabCommands),
  }),
  z.object({ type: z.literal('command-acted'), id, status: commandStatusSchema }),
  z.object({ type: z.literal('command-log-read'), id, log: commandLogSchema }),
  z.object({ type: z.literal('processes-listed'), id, list: nodeProcessesSchema }),
  z.object({ type: z.literal('process-signalled'), id }),
] as const;

const run = z.array(z.string().max(maximumArgumentBytes)).min(1).max(maximumArguments);
const vrf = z.string().max(maximumIfnameLength).meta({ description: 'VRF that it runs in; of none when absent.' });

/** A list alone, or with its VRF: agreeing to one is no word about the other. */
export const allowCommandsBodySchema = z.strictObject({
  runs: z.array(z.union([run, z.strictObject({ run, vrf: vrf.exactOptional() })])).max(maximumLabCommands),
});

export const signalProcessBodySchema = z.strictObject({
  pid: z.int().min(2),
  startedTicks: z.int().nonnegative(),
  signal,
});

export const signalProcessReplySchema = z.object({ signalled: z.literal(true) });
