import { commandsOf, withCommands } from '../commands/commands-of.js';
import { maximumCommandNameLength } from '../model/limits.js';
import type { CommandName, NodeName, VrfName } from '../model/names.js';
import { parseCommandName } from '../model/parse-names.js';
import type { Command, Node } from '../model/topology.js';
import { vrfOf } from '../model/vrfs.js';
import { freeVariant } from '../naming/next-name.js';
import type { Edit } from './edit.js';
import type { EditWork, Refusal } from './edit-work.js';
import { isRefusal } from './node-edits.js';
import { withFields } from './with-fields.js';

type EditOf<Type extends Edit['type']> = Extract<Edit, { type: Type }>;

export function addCommand(work: EditWork, edit: EditOf<'add-command'>): Refusal {
  const node = work.require(edit.node, ['node']);
  if (isRefusal(node)) return node;
  const name = edit.name ?? nameAfter(node, edit.run[0] ?? '');
  if (has(node, name)) return nameTaken(work, node, edit.node, name, 'name');
  const { vrf } = edit;
  if (vrf !== undefined && vrfOf(node, vrf) === null) return vrfMissing(work, edit.node, vrf);
  const command: Command = {
    run: [...edit.run],
    ...(vrf === undefined ? {} : { vrf }),
    start: edit.start ?? 'with-lab',
    restart: edit.restart ?? 'never',
  };
  replaceCommands(work, edit.node, node, [...Object.entries(commandsOf(node)), [name, command]]);
  work.sentences.push(`Added the command ${name} to ${edit.node}.`);
  return null;
}

export function setCommand(work: EditWork, edit: EditOf<'set-command'>): Refusal {
  const found = requireCommand(work, edit.node, edit.name);
  if (isRefusal(found)) return found;
  const { run, vrf, start, restart } = edit;
  if (vrf != null && vrfOf(found.node, vrf) === null) return vrfMissing(work, edit.node, vrf);
  const changed = withFields(found.command, { run, vrf, start, restart });
  const entries = Object.entries(commandsOf(found.node));
  replaceCommands(
    work,
    edit.node,
    found.node,
    entries.map(([name, command]) => [name, name === edit.name ? changed : command]),
  );
  work.sentences.push(`Changed the command ${edit.name} of ${edit.node}.`);
  return null;
}

export function renameCommand(work: EditWork, edit: EditOf<'rename-command'>): Refusal {
  const found = requireCommand(work, edit.node, edit.name);
  if (isRefusal(found)) return found;
  if (edit.to === edit.name) return null;
  if (has(found.node, edit.to)) return nameTaken(work, found.node, edit.node, edit.to, 'to');
  const entries = Object.entries(commandsOf(found.node));
  replaceCommands(
    work,
    edit.node,
    found.node,
    entries.map(([name, command]) => [name === edit.name ? edit.to : name, command]),
  );
  work.sentences.push(`Renamed the command ${edit.name} of ${edit.node} to ${edit.to}.`);
  return null;
}

export function removeCommand(work: EditWork, edit: EditOf<'remove-command'>): Refusal {
  const found = requireCommand(work, edit.node, edit.name);
  if (isRefusal(found)) return found;
  const entries = Object.entries(commandsOf(found.node));
  replaceCommands(
    work,
    edit.node,
    found.node,
    entries.filter(([name]) => name !== edit.name),
  );
  work.sentences.push(`Removed the command ${edit.name} of ${edit.node}.`);
  return null;
}

function replaceCommands(
  work: EditWork,
  name: NodeName,
  node: Node,
  commands: readonly (readonly [string, Command])[],
): void {
  work.draft.replaceNode(name, withCommands(node, commands));
}

function requireCommand(
  work: EditWork,
  nodeName: NodeName,
  name: CommandName,
): { readonly node: Node; readonly command: Command } | NonNullable<Refusal> {
  const node = work.require(nodeName, ['node']);
  if (isRefusal(node)) return node;
  const command = has(node, name) ? commandsOf(node)[name] : undefined;
  if (command !== undefined) return { node, command };
  return work.refuse('edit.command-missing', ['name'], `${nodeName} has no command ${name}.`);
}

/** The program's file name where it can be a name, made different from those that are there. */
function nameAfter(node: Node, program: string): CommandName {
  const file = program.slice(program.lastIndexOf('/') + 1).slice(0, maximumCommandNameLength);
  const parsed = parseCommandName(file);
  const wanted = parsed.ok ? parsed.value : ('command' as CommandName);
  if (!has(node, wanted)) return wanted;
  return freeVariant(wanted, (name) => has(node, name), maximumCommandNameLength) as CommandName;
}

function has(node: Node, name: string): boolean {
  return Object.hasOwn(commandsOf(node), name);
}

function vrfMissing(work: EditWork, nodeName: NodeName, vrf: VrfName): Refusal {
  return work.refuse('command.vrf-missing', ['vrf'], `${nodeName} has no VRF ${vrf}.`);
}

function nameTaken(work: EditWork, node: Node, nodeName: NodeName, name: CommandName, field: string): Refusal {
  const free = freeVariant(name, (other) => has(node, other), maximumCommandNameLength);
  const detail = `${nodeName} has a command ${name} already.`;
  return work.refuse('name.taken', [field], detail, { label: `Use ${free}`, value: free });
}
