import {
  type TerminalOrder,
  type TerminalServerFrame,
  type TerminalSession,
  terminalScrollbackBytes,
} from '@vethlab/protocol';
import { type End, endedWords } from './ended-words.js';
import { OutputRing } from './output-ring.js';
import { inputWindowBytes, outputBudget, viewerStalledMs } from './terminal-limits.js';

/** Somebody who looks at a terminal. */
export interface Viewer {
  /** Offset up to which it has everything on its screen. */
  readonly acked: number;
  /** It takes nothing although something waits for it, for this long. */
  readonly stalledMs: number;
  /** There is more output in the ring. */
  pump(): void;
  tell(frame: TerminalServerFrame): void;
  /** Reads no more input from its socket until `resume`. */
  pause(): void;
  resume(): void;
  close(): void;
}

export interface TerminalOptions {
  readonly id: string;
  readonly node: string | null;
  /** Of that node; absent: outside of all. */
  readonly vrf?: string;
  readonly number: number;
  readonly cols: number;
  readonly rows: number;
  readonly tell: (order: TerminalOrder) => void;
  /** Something of `session` is different now. */
  readonly onChange: () => void;
}

/** One terminal session as the server keeps it: what it wrote, who looks, and how much the agent may send. */
export class Terminal {
  readonly id: string;
  readonly number: number;
  readonly ring = new OutputRing(terminalScrollbackBytes);
  readonly #options: TerminalOptions;
  readonly #viewers = new Set<Viewer>();
  #node: string | null;
  #cols: number;
  #rows: number;
  #end: End | null = null;
  /** Bytes of output that the agent was given room for, or that wait for their turn. */
  #asked = 0;
  /** Bytes of input that the shell has not taken. */
  #inputBytes = 0;
  #stallTimer: NodeJS.Timeout | null = null;

  constructor(options: TerminalOptions) {
    this.id = options.id;
    this.number = options.number;
    this.#options = options;
    this.#node = options.node;
    this.#cols = options.cols;
    this.#rows = options.rows;
  }

  get node(): string | null {
    return this.#node;
  }

  get vrf(): string | undefined {
    return this.#options.vrf;
  }

  get isRunning(): boolean {
    return this.#end === null;
  }

  get viewers(): number {
    return this.#viewers.size;
  }

  get session(): TerminalSession {
    const { vrf } = this;
    const name = vrf === undefined ? (this.#node ?? 'root') : `${this.#node ?? 'root'}/${vrf}`;
    return {
      id: this.id,
      node: this.#node,
      ...(vrf === undefined ? {} : { vrf }),
      title: this.number === 1 ? name : `${name} (${this.number})`,
      state: this.#end === null ? 'running' : 'exited',
      reason: this.#end?.reason ?? null,
      detail: this.#end === null ? null : endedWords(this.#end),
      exitCode: this.#end?.exitCode ?? null,
      signal: this.#end?.signal ?? null,
      cols: this.#cols,
      rows: this.#rows,
      viewers: this.#viewers.size,
    };
  }

  join(viewer: Viewer): void {
    this.#viewers.add(viewer);
    this.#changed(viewer);
  }

  leave(viewer: Viewer): void {
    if (!this.#viewers.delete(viewer)) return;
    this.flow();
    this.#changed();
  }

  /** `bytes` may be overwritten afterwards. */
  output(bytes: Buffer): void {
    this.ring.push(bytes);
    for (const viewer of this.#viewers) viewer.pump();
    this.flow();
  }

  /** Keystrokes of a viewer. False when the shell has ended. */
  input(bytes: Buffer): boolean {
    if (this.#end !== null) return false;
    this.#inputBytes += bytes.length;
    this.#options.tell({ type: 'terminal-input', terminal: this.id, data: bytes.toString('base64') });
    if (this.#inputBytes > inputWindowBytes) for (const viewer of this.#viewers) viewer.pause();
    return true;
  }

  /** The shell has taken so many bytes of input. */
  inputTaken(bytes: number): void {
    this.#inputBytes = Math.max(0, this.#inputBytes - bytes);
    if (this.#inputBytes <= inputWindowBytes / 2) for (const viewer of this.#viewers) viewer.resume();
  }

  /** The last one to resize decides, as when two people sit at one keyboard. */
  resize(cols: number, rows: number): void {
    if (this.#end !== null || (cols === this.#cols && rows === this.#rows)) return;
    this.#cols = cols;
    this.#rows = rows;
    this.#options.tell({ type: 'terminal-resize', terminal: this.id, cols, rows });
    this.#tellAll({ type: 'size', cols, rows });
    this.#options.onChange();
  }

  renamed(node: string): void {
    this.#node = node;
    this.#changed();
  }

  ended(end: End): void {
    if (this.#end !== null) return;
    this.#end = end;
    this.#stop();
    for (const viewer of this.#viewers) {
      viewer.resume();
      viewer.pump();
    }
    this.#tellAll({ type: 'exited', session: this.session });
    this.#options.onChange();
  }

  /** The session is no more: everybody is told, and sent away. */
  close(): void {
    this.ended({ reason: 'closed', exitCode: null, signal: null });
    for (const viewer of [...this.#viewers]) viewer.close();
    this.#viewers.clear();
  }

  /**
   * Gives the agent room for as much as the fastest viewer has taken; without viewers, or when none of them takes
   * anything, the shell runs on and the ring forgets.
   */
  flow(): void {
    if (this.#end !== null) return;
    const taken = this.#taken();
    if (taken > this.#asked) {
      const bytes = taken - this.#asked;
      this.#asked = taken;
      outputBudget.ask(this, bytes, (granted) =>
        this.#options.tell({ type: 'terminal-ack', terminal: this.id, bytes: granted }),
      );
    }
    if (this.#asked < this.ring.end) {
      this.#stallTimer ??= setTimeout(() => {
        this.#stallTimer = null;
        this.flow();
      }, viewerStalledMs).unref();
    }
  }

  #taken(): number {
    let most: number | null = null;
    for (const viewer of this.#viewers) {
      if (viewer.stalledMs >= viewerStalledMs) continue;
      most = Math.max(most ?? 0, viewer.acked);
    }
    return most ?? this.ring.end;
  }

  #stop(): void {
    outputBudget.forget(this);
    if (this.#stallTimer !== null) clearTimeout(this.#stallTimer);
    this.#stallTimer = null;
  }

  /** `except` hears of it in another way. */
  #changed(except?: Viewer): void {
    for (const viewer of this.#viewers) if (viewer !== except) viewer.tell({ type: 'session', session: this.session });
    this.#options.onChange();
  }

  #tellAll(frame: TerminalServerFrame): void {
    for (const viewer of this.#viewers) viewer.tell(frame);
  }
}
