import {
  type Command,
  type CommandName,
  type Edit,
  type Node,
  type NodeName,
  parseCommandName,
  type VrfName,
  vrfEntries,
} from '@vethlab/topology';

/** A command as a form has it. */
export interface WantedCommand extends Pick<Command, 'run' | 'start' | 'restart'> {
  readonly node: NodeName;
  /** Null: a new one. */
  readonly name: CommandName | null;
  /** The name that it is to have, as typed. */
  readonly title: string;
  /** Null: in none. */
  readonly vrf: VrfName | null;
}

/** The edit that makes a command, or makes it like this. */
export function commandEdit({ node, name, title, run, vrf, start, restart }: WantedCommand): Edit {
  const parsed = parseCommandName(title.trim());
  const to = parsed.ok ? parsed.value : null;
  if (name === null) {
    const given = { ...(to === null ? {} : { name: to }), ...(vrf === null ? {} : { vrf }) };
    return { type: 'add-command', node, ...given, run, start, restart };
  }
  const set: Edit = { type: 'set-command', node, name, run, vrf, start, restart };
  if (to === null || to === name) return set;
  return { type: 'batch', edits: [set, { type: 'rename-command', node, name, to }] };
}

/** What a form offers as VRFs of a command, none first; null: there is nothing to choose. One that is gone stays to be seen. */
export function vrfChoices(node: Pick<Node, 'vrfs'>, chosen: VrfName | null): readonly VrfChoice[] | null {
  const names = vrfEntries(node).map(([name]) => name);
  if (names.length === 0 && chosen === null) return null;
  return [['', 'none'], ...names.map((name) => [name, name] as const)];
}

type VrfChoice = readonly [value: string, label: string];
