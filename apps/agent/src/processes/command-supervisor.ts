import { mkdirSync } from 'node:fs';
import { inNamespace, mountTmpfs } from '@vethlab/netlink';
import type { CommandAct, CommandLog, CommandNews, CommandRef, CommandStatus } from '@vethlab/protocol';
import {
  type Command,
  commandEntries,
  commandKey,
  nodeEntries,
  type Topology,
  type TopologyDiff,
} from '@vethlab/topology';
import type { LabNamespaces } from '../kernel/namespaces.js';
import { commandEnvironment } from './command-environment.js';
import { OutputGate } from './output-gate.js';
import { StatusBoard } from './status-board.js';
import { SupervisedCommand } from './supervised-command.js';
import type { SupervisedOptions } from './supervised-options.js';

/** Of everything that commands write into the folder they start in; it is memory. */
const folderBytes = 64 * 1024 * 1024;

export interface SupervisorOptions {
  readonly namespaces: LabNamespaces;
  /** Where commands start, and their home; made when it is first needed. */
  readonly folder: string;
  readonly isSandbox: boolean;
  readonly send: (news: CommandNews) => void;
  readonly complain: (what: string) => void;
}

/** Runs the commands of the document in their nodes' namespaces: those that may run, and no others. */
export class CommandSupervisor {
  readonly #options: SupervisorOptions;
  readonly #commands = new Map<string, SupervisedCommand>();
  readonly #board: StatusBoard;
  readonly #starts: (() => Promise<void>)[] = [];
  readonly #supervised: SupervisedOptions;
  #wanted = new Map<string, { readonly node: string; readonly name: string; readonly command: Command }>();
  #allowed: ReadonlySet<string> = new Set();
  #starting = false;
  #hasFolder = false;
  #isOutdated = true;

  constructor(options: SupervisorOptions) {
    this.#options = options;
    this.#board = new StatusBoard(options.send);
    this.#supervised = {
      gate: new OutputGate(),
      cwd: options.folder,
      env: commandEnvironment(options.folder),
      isAllowed: (command) => this.#allowed.has(commandKey(command)),
      homeOf: (node) => {
        const namespace = options.namespaces.get(node);
        if (namespace === undefined) return null;
        return { inode: namespace.inode, enter: (visit) => inNamespace(namespace.handle, visit) };
      },
      inTurn: (start) => this.#inTurn(start),
      onChanged: (command) => this.#board.tellSoon(command),
    };
  }

  /** All programs (`commandKey`) that may run from now on. */
  allow(keys: readonly string[]): void {
    this.#allowed = new Set(keys);
    this.settle();
  }

  /** The kernel has been brought to this document. */
  follow(topology: Topology | null): void {
    if (topology !== null && this.#isOutdated) this.#want(topology);
    this.settle();
  }

  /** This change is under way: whether it is about commands. Going through all nodes of a large lab for every edit would cost. */
  expect(change: TopologyDiff | null): void {
    this.#isOutdated ||=
      change === null ||
      change.renames.some(({ object }) => object === 'node') ||
      change.changes.some(({ record }) => record === 'command');
  }

  #want(topology: Topology): void {
    this.#isOutdated = false;
    this.#wanted = new Map();
    for (const [node, value] of nodeEntries(topology)) {
      if (value.commands === undefined) continue;
      for (const [name, command] of commandEntries(value)) this.#wanted.set(keyOf(node, name), { node, name, command });
    }
  }

  /** Starts, ends and moves what the document, the kernel or the consent asks for. Cheap when there is nothing to do. */
  settle(): void {
    if (this.#wanted.size === 0 && this.#commands.size === 0) return;
    this.#makeFolder();
    this.#followNames();
    for (const [key, supervised] of [...this.#commands]) {
      if (this.#wanted.has(key)) continue;
      this.#commands.delete(key);
      this.#board.forget(supervised);
      supervised
        .remove()
        .catch((error: unknown) => this.#options.complain(`A command was not ended: ${String(error)}`));
    }
    for (const [key, { node, name, command }] of this.#wanted) {
      const known = this.#commands.get(key);
      const supervised = known ?? new SupervisedCommand(node, name, command, this.#supervised);
      if (known === undefined) {
        this.#commands.set(key, supervised);
        this.#board.tellSoon(supervised);
      }
      supervised.settle(command);
    }
  }

  /** @throws Error when there is no such command, or it may not run */
  async act(ref: CommandRef, act: CommandAct): Promise<CommandStatus> {
    const command = this.#get(ref);
    this.#makeFolder();
    await command[act]();
    return command.status;
  }

  /** @throws Error when there is no such command */
  log(ref: CommandRef, from: number): CommandLog {
    return this.#get(ref).readLog(from);
  }

  /** Name of the command whose process group this is; null when it is none of ours. */
  commandOfGroup(pgid: number): string | null {
    for (const command of this.#commands.values()) if (command.pgid === pgid) return command.name;
    return null;
  }

  /** Tells in its log what happened to a program of a command. */
  say(pgid: number, text: string): void {
    for (const command of this.#commands.values()) if (command.pgid === pgid) command.say(text);
  }

  /** To a server that knows nothing. */
  tellEverything(): void {
    for (const command of this.#commands.values()) this.#board.tellSoon(command);
  }

  /** Ends everything. Resolves when nothing is left. */
  async stopAll(): Promise<void> {
    this.#wanted = new Map();
    const all = [...this.#commands.values()];
    this.#commands.clear();
    for (const command of all) this.#board.forget(command);
    await Promise.all(all.map((command) => command.remove()));
  }

  #get({ node, name }: CommandRef): SupervisedCommand {
    const command = this.#commands.get(keyOf(node, name));
    if (command === undefined)
      throw new Error(`${node} has no command ${name} in the running lab. Apply what is held back.`);
    return command;
  }

  /** A renamed node keeps its namespace, and a renamed command its program: what runs goes on under the new name. */
  #followNames(): void {
    const nameOf = new Map<number, string>();
    for (const node of this.#options.namespaces.names()) {
      const inode = this.#options.namespaces.get(node)?.inode;
      if (inode !== undefined) nameOf.set(inode, node);
    }
    const present = [...this.#commands.values()];
    this.#commands.clear();
    const homeless: SupervisedCommand[] = [];
    for (const command of present) {
      const node = (command.home === null ? undefined : nameOf.get(command.home)) ?? command.node;
      if (node !== command.node) this.#rename(command, node, command.name);
      const key = keyOf(node, command.name);
      if (this.#wanted.has(key) && !this.#commands.has(key)) this.#commands.set(key, command);
      else homeless.push(command);
    }
    for (const command of homeless) {
      const heir = [...this.#wanted.values()].find(
        (wanted) =>
          wanted.node === command.node &&
          !this.#commands.has(keyOf(wanted.node, wanted.name)) &&
          commandKey(wanted.command) === commandKey(command.command),
      );
      if (heir !== undefined) this.#rename(command, heir.node, heir.name);
      // What is not wanted any more keeps a key of its own until it is removed, a moment later.
      const key = keyOf(command.node, command.name);
      this.#commands.set(this.#commands.has(key) ? `${key} ` : key, command);
    }
  }

  #rename(command: SupervisedCommand, node: string, name: string): void {
    command.rename(node, name);
    this.#board.tellSoon(command);
  }

  /** One start after the other, with room for other work between them. */
  #inTurn(start: () => Promise<void>): void {
    this.#starts.push(start);
    if (!this.#starting) void this.#startAll();
  }

  async #startAll(): Promise<void> {
    this.#starting = true;
    for (let next = this.#starts.shift(); next !== undefined; next = this.#starts.shift()) {
      // Not awaited: one that has to end first what an earlier run left holds nobody else up.
      next().catch((error: unknown) => this.#options.complain(`A command was not started: ${String(error)}`));
      await new Promise((turn) => setImmediate(turn));
    }
    this.#starting = false;
  }

  #makeFolder(): void {
    if (this.#hasFolder) return;
    this.#hasFolder = true;
    const { folder, isSandbox } = this.#options;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (isSandbox) mountTmpfs(folder, { mode: 0o700, sizeBytes: folderBytes, executable: true });
  }
}

/** Neither name can have a colon. */
function keyOf(node: string, name: string): string {
  return `${node}:${name}`;
}
