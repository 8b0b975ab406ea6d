import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { closeFilesOnExec } from '@vethlab/netlink';
import type { TerminalNews, TerminalOpened, TerminalOrder } from '@vethlab/protocol';
import type { LabNamespace, LabNamespaces } from '../kernel/namespaces.js';
import { giveWay } from '../memory/give-way.js';
import { OutputFlow } from './output-flow.js';
import { loadNodePty, openPty, type Pty } from './pty.js';
import { printableName, shellFor, shellInVrf } from './shell.js';
import { makeShellFiles, type ShellFiles } from './shell-files.js';

/** Input that was taken is told in such portions: a person's typing is not worth a message. */
const takenPortionBytes = 16 * 1024;

type EndReason = Extract<TerminalNews, { type: 'terminal-exited' }>['reason'];
type OpenOrder = Extract<TerminalOrder, { type: 'terminal-open' }>;

interface Session {
  readonly id: string;
  readonly pty: Pty;
  readonly flow: OutputFlow;
  readonly nameFile: string;
  /** Null: the root shell. */
  readonly namespace: LabNamespace | null;
  /** The name as it was last told. */
  node: string | null;
  readonly vrf: string | undefined;
  takenBytes: number;
  /** Why it will end, when that is known before. */
  ending: EndReason | null;
}

export interface TerminalsOptions {
  readonly namespaces: LabNamespaces;
  readonly send: (news: TerminalNews) => void;
  /** For files that the shells read. Must not exist yet, and be writable by this process. */
  readonly folder: string;
  readonly isSandbox: boolean;
  /** Of one program; null: as the machine says. */
  readonly mostMemoryBytes: number | null;
  /** Is given the pid of every shell that was just started. */
  readonly boundShell: (pid: number) => void;
  /** Looks for namespaces that are new; a node that was just drawn may not have one yet. */
  readonly lookForNames: () => Promise<void>;
}

/** The shells of a lab: one pseudoterminal each, in the namespace of a node or in the lab's root. */
export class Terminals {
  readonly #options: TerminalsOptions;
  readonly #sessions = new Map<string, Session>();
  #files: ShellFiles | null = null;

  constructor(options: TerminalsOptions) {
    this.#options = options;
  }

  /** @throws when there is no such namespace, or no shell can be started */
  async open(order: OpenOrder): Promise<TerminalOpened> {
    const nodePty = await loadNodePty();
    const namespace = order.node === null ? null : await this.#namespaceOf(order.node);
    this.#files ??= this.#prepare();
    const { terminal: id, node, vrf, cols, rows } = order;
    const nameFile = join(this.#files.names, id);
    const name = printableName(node, vrf);
    writeFileSync(nameFile, `${name}\n`);
    const plain = shellFor(this.#files, name, nameFile);
    const shell = vrf === undefined ? plain : shellInVrf(plain, vrf);
    const flow = new OutputFlow({
      pause: () => pty.pause(),
      resume: () => pty.resume(),
      send: (chunk) => this.#options.send({ type: 'terminal-output', terminal: id, data: chunk.toString('base64') }),
    });
    const pty = openPty(nodePty, {
      shell,
      namespace: namespace?.handle ?? null,
      cols,
      rows,
      onOutput: (bytes) => flow.add(bytes),
      onExit: ({ exitCode, signal }) => this.#ended(id, exitCode, signal),
    });
    this.#options.boundShell(pty.pid);
    giveWay(pty.pid, this.#options.mostMemoryBytes);
    this.#sessions.set(id, { id, pty, flow, nameFile, namespace, node, vrf, takenBytes: 0, ending: null });
    return { type: 'terminal-opened', id: order.id, pid: pty.pid, shell: plain.file };
  }

  /** Orders for a session that has ended in the meantime mean nothing. */
  take(order: Exclude<TerminalOrder, OpenOrder>): void {
    const session = this.#sessions.get(order.terminal);
    if (session === undefined) return;
    switch (order.type) {
      case 'terminal-input': {
        const bytes = Buffer.from(order.data, 'base64');
        session.pty.write(bytes, () => this.#taken(session, bytes.length));
        return;
      }
      case 'terminal-resize':
        session.pty.resize(order.cols, order.rows);
        return;
      case 'terminal-ack':
        session.flow.ack(order.bytes);
        return;
      case 'terminal-close':
        this.#end(session, 'closed');
        return;
    }
  }

  /** Tells what happened to a program in a session; `leader`: the pid of its shell. */
  say(leader: number, text: string): void {
    for (const { pty, flow } of this.#sessions.values())
      if (pty.pid === leader) flow.add(Buffer.from(`\r\nvethlab: ${text}\r\n`));
  }

  /** Whoever opened them is gone: nobody could ever look at them again. */
  closeAll(): void {
    for (const session of this.#sessions.values()) this.#end(session, 'closed');
  }

  /** A namespace is about to be removed: its shells end, and say why. */
  beforeRemoval(name: string): void {
    for (const session of this.#sessions.values()) {
      if (session.namespace?.name === name) this.#end(session, 'node-removed');
    }
  }

  /** After any change of names: titles follow; shells of a namespace that has no name any more end. */
  followNames(): void {
    const { namespaces, send } = this.#options;
    for (const session of this.#sessions.values()) {
      const { namespace } = session;
      if (namespace === null) continue;
      const { name } = namespace;
      if (namespaces.get(name) !== namespace) this.#end(session, 'node-removed');
      else if (name !== session.node) {
        session.node = name;
        writeFileSync(session.nameFile, `${printableName(name, session.vrf)}\n`);
        send({ type: 'terminal-renamed', terminal: session.id, node: name });
      }
    }
  }

  /** With the first terminal. */
  #prepare(): ShellFiles {
    closeFilesOnExec();
    return makeShellFiles(this.#options.folder, this.#options.isSandbox);
  }

  async #namespaceOf(node: string): Promise<LabNamespace> {
    const { namespaces, lookForNames } = this.#options;
    if (namespaces.get(node) === undefined) await lookForNames();
    const namespace = namespaces.get(node);
    if (namespace !== undefined) return namespace;
    throw new Error(`There is no namespace ${JSON.stringify(node)} in the kernel now. Apply the lab first.`);
  }

  #taken(session: Session, bytes: number): void {
    session.takenBytes += bytes;
    if (session.takenBytes < takenPortionBytes) return;
    this.#options.send({ type: 'terminal-taken', terminal: session.id, bytes: session.takenBytes });
    session.takenBytes = 0;
  }

  #end(session: Session, reason: EndReason): void {
    if (session.ending !== null) return;
    session.ending = reason;
    session.pty.hangUp();
  }

  #ended(id: string, exitCode: number | null, signal: string | null): void {
    const session = this.#sessions.get(id);
    if (session === undefined) return;
    session.flow.finish();
    this.#sessions.delete(id);
    rmSync(session.nameFile, { force: true });
    const reason = session.ending ?? 'ended';
    this.#options.send({ type: 'terminal-exited', terminal: id, reason, exitCode, signal });
  }
}
