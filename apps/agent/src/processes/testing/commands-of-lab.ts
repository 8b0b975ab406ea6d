import type { CommandAct, CommandState, CommandStatus, NodeProcess } from '@vethlab/protocol';
import { type Command, commandKey, type Edit, type Program, parseEdit } from '@vethlab/topology';
import type { SandboxedLab } from '../../testing/sandboxed-lab.js';

type StateOf<Name extends CommandState['state']> = Extract<CommandState, { readonly state: Name }>;

/** What a command has beside its arguments. */
type More = Partial<Pick<Command, 'start' | 'restart'>> & { readonly vrf?: string };

/** The commands of a lab under test: what was said of them, and orders to them. */
export class CommandsOfLab {
  readonly #lab: SandboxedLab;
  readonly #statuses = new Map<string, CommandStatus>();
  readonly history: CommandStatus[] = [];
  readonly #allowed = new Set<string>();

  constructor(lab: SandboxedLab) {
    this.#lab = lab;
    lab.agent.onMessage((message) => {
      if (message.type !== 'commands') return;
      for (const { node, name } of message.gone) this.#statuses.delete(`${node}:${name}`);
      for (const status of message.statuses) this.#statuses.set(`${status.node}:${status.name}`, status);
      this.history.push(...message.statuses);
    });
  }

  get names(): string[] {
    return [...this.#statuses.keys()].sort();
  }

  of(key: string): CommandStatus | undefined {
    return this.#statuses.get(key);
  }

  allow(...runs: readonly (readonly string[])[]): void {
    this.allowPrograms(...runs.map((run) => ({ run })));
  }

  allowPrograms(...programs: readonly Program[]): void {
    for (const program of programs) this.#allowed.add(commandKey(program));
    this.#lab.agent.send({ type: 'allow-commands', keys: [...this.#allowed] });
  }

  /** Adds a command that is allowed already, as when somebody types it. */
  async add(node: string, name: string, run: readonly string[], more: More = {}) {
    this.allowPrograms({ run, ...(more.vrf === undefined ? {} : { vrf: more.vrf }) });
    await this.edit({ type: 'add-command', node, name, run, ...more });
  }

  async edit(data: unknown): Promise<void> {
    const parsed = parseEdit(data);
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.diagnostics));
    await this.#lab.edit(parsed.value as Edit);
  }

  /** Waits for a state, and gives it. */
  async until<Name extends CommandState['state']>(key: string, state: Name): Promise<StateOf<Name>> {
    await this.#lab.until(
      () => this.of(key)?.status.state === state,
      `${key} is ${state}; it is ${JSON.stringify(this.of(key))}`,
    );
    return this.of(key)?.status as StateOf<Name>;
  }

  async act(key: string, act: CommandAct): Promise<CommandStatus> {
    const [node = '', name = ''] = key.split(':');
    return (await this.#lab.agent.request({ type: 'command-act', node, name, act })).status;
  }

  async log(key: string, from = 0) {
    const [node = '', name = ''] = key.split(':');
    return (await this.#lab.agent.request({ type: 'command-log', node, name, from })).log;
  }

  async processes(node: string): Promise<readonly NodeProcess[]> {
    return (await this.#lab.agent.request({ type: 'processes', node })).list.processes;
  }

  /** Command lines in a node, as words with blanks between. */
  async lines(node: string): Promise<string[]> {
    return (await this.processes(node)).map((found) => found.arguments.join(' '));
  }
}
