import type { CommandName } from '../model/names.js';
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

/**
 * What a person agrees to when a command is allowed: its argument list, as text. Not its name, node or policy: a command
 * that is renamed or that starts by hand from now on is still the same program with the same arguments.
 */
export function commandKey(command: Pick<Command, 'run'>): string {
  return JSON.stringify(command.run);
}
