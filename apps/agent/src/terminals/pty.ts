import { constants } from 'node:os';
import { ReadStream } from 'node:tty';
import { inNamespace, type NamespaceHandle } from '@vethlab/netlink';
import { InputQueue } from './input-queue.js';
import type { Shell } from './shell.js';

type NodePty = typeof import('@lydell/node-pty');

/** A shell on the other side of a pseudoterminal. */
export interface Pty {
  readonly pid: number;
  pause(): void;
  resume(): void;
  /** `taken` is called once the terminal has taken the bytes: a shell that does not read takes none. */
  write(bytes: Buffer, taken: () => void): void;
  resize(cols: number, rows: number): void;
  /** Hangs up, as closing a terminal window does. */
  hangUp(): void;
}

export interface PtyOptions {
  readonly shell: Shell;
  /** Null: the namespace this process lives in. */
  readonly namespace: NamespaceHandle | null;
  readonly cols: number;
  readonly rows: number;
  readonly onOutput: (bytes: Buffer) => void;
  /**
   * Called once, after all output that was still to be had: when the leader of a session ends, the kernel throws away what
   * nobody has read yet (disassociate_ctty), as on any terminal.
   */
  readonly onExit: (exit: { readonly exitCode: number | null; readonly signal: string | null }) => void;
}

/** A shell that ignores the hang-up is killed after this. */
const hangUpMs = 500;

/**
 * Loaded with the first terminal: its native module is prebuilt for few processors, and a lab runs without terminals too.
 * @throws when there is none for this machine
 */
export async function loadNodePty(): Promise<NodePty> {
  return import('@lydell/node-pty');
}

/**
 * Starts a shell on a new pseudoterminal, in a namespace. Synchronous: the process is forked by this very thread, and is born
 * into the network namespace that the thread is in (setns(2)); no `nsenter` is needed, and no process more.
 */
export function openPty(nodePty: NodePty, options: PtyOptions): Pty {
  const { shell, namespace, cols, rows } = options;
  const spawn = () =>
    nodePty.spawn(shell.file, shell.args, {
      cols,
      rows,
      cwd: shell.env.HOME ?? '/',
      env: shell.env,
      name: shell.env.TERM ?? 'xterm-256color',
      // Bytes as they are: a character may be cut anywhere, and not everything is text.
      encoding: null,
    });
  const terminal = namespace === null ? spawn() : inNamespace(namespace, spawn);
  const { fd, stream } = masterOf(terminal);
  const input = new InputQueue({ fd, closed: () => stream.destroyed });
  let ended = false;
  terminal.onData((data) => options.onOutput(data as unknown as Buffer));
  terminal.onExit(({ exitCode, signal }) => {
    ended = true;
    input.stop();
    const killed = signal !== undefined && signal !== 0;
    options.onExit({ exitCode: killed ? null : exitCode, signal: killed ? signalName(signal) : null });
  });
  return {
    pid: terminal.pid,
    pause: () => terminal.pause(),
    resume: () => terminal.resume(),
    write: (bytes, taken) => {
      if (!ended && bytes.length > 0) input.add(bytes, taken);
    },
    resize: (toCols, toRows) => {
      if (!ended) terminal.resize(toCols, toRows);
    },
    hangUp: () => {
      if (ended) return;
      terminal.kill('SIGHUP');
      // What was not read would keep a paused terminal from noticing the end.
      terminal.resume();
      setTimeout(() => {
        if (!ended) terminal.kill('SIGKILL');
      }, hangUpMs).unref();
    },
  };
}

/** node-pty gives its master side and the stream that reads from it only to those who know its class. */
function masterOf(terminal: object): { readonly fd: number; readonly stream: ReadStream } {
  const stream: unknown = '_socket' in terminal ? terminal._socket : null;
  const fd: unknown = 'fd' in terminal ? terminal.fd : null;
  if (stream instanceof ReadStream && typeof fd === 'number') return { fd, stream };
  throw new Error('This version of node-pty is built otherwise: its terminals have no stream.');
}

function signalName(signal: number): string {
  const known = Object.entries(constants.signals).find(([, number]) => number === signal);
  return known?.[0] ?? `signal ${signal}`;
}
