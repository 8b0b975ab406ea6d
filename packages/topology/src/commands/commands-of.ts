import type { CommandName, VrfName } from '../model/names.js';
import type { Command, Node, Topology } from '../model/topology.js';
import { nodeOf } from '../model/topology-access.js';

const none: Readonly<Record<string, Command>> = {};

/** The commands of a node by name, in file order. */
export function commandsOf(node: Node): Readonly<Record<string, Command>> {
  return node.commands ?? none;
}

/** Names and records of a node's commands, with the brand that the document guarantees. */
export function commandEntries(node: Node): readonly (readonly [CommandName, Command])[] {
  return Object.entries(commandsOf(node)) as unknown as readonly (readonly [CommandName, Command])[];
}

/** The command of this name in the node of this name, or null. Safe with any text. */
export function commandOf(topology: Topology, node: string, name: string): Command | null {
  const commands = nodeOf(topology, node)?.commands;
  return commands !== undefined && Object.hasOwn(commands, name) ? (commands[name] ?? null) : null;
}

/** The node with these commands instead of its own. Without any, it has no such field. */
export function withCommands(node: Node, commands: Iterable<readonly [string, Command]>): Node {
  const { commands: _commands, ...rest } = node;
  const entries = [...commands];
  return entries.length === 0 ? rest : { ...rest, commands: Object.fromEntries(entries) };
}

/** What of a command is run: another one is another program. */
export interface Program {
  readonly run: readonly string[];
  readonly vrf?: string;
}

/**
 * What a person agrees to when a command is allowed, as text: its argument list, and the VRF it runs in, since that decides whom it
 * reaches. Not its name, node or policy: a command that is renamed or that starts by hand from now on is still the same program.
 */
export function commandKey({ run, vrf }: Program): string {
  // Lists alone are what records of consent had before commands could be in a VRF.
  return JSON.stringify(vrf === undefined ? run : { vrf, run });
}

/** The same node; commands in one of its VRFs are in another now, which has another name, or (null) are gone. */
export function withCommandsOfVrf(node: Node, from: VrfName, to: VrfName | null): Node {
  const commands = commandEntries(node);
  if (!commands.some(([, { vrf }]) => vrf === from)) return node;
  return withCommands(
    node,
    commands.flatMap(([name, command]) => {
      if (command.vrf !== from) return [[name, command] as const];
      return to === null ? [] : [[name, { ...command, vrf: to }] as const];
    }),
  );
}
