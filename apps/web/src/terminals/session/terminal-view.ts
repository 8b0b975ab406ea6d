import type { TerminalSession } from '@vethlab/protocol';
import { readable, rest } from '../../connection';
import { noteTerminalKey } from '../../view/echo-wait';
import { copyText } from '../acts/clipboard';
import type { ScreenLook, TerminalScreen } from '../screen/terminal-screen';
import { setSight, setTerminals, terminalStore } from '../state/terminal-store';
import { type TerminalKey, terminalKeyOf } from '../terminal-keys';
import { plainTitle, tabName } from '../words';
import { OutputPacer } from './output-pacer';
import { loadScreenParts } from './screen-parts';
import { TerminalConnection } from './terminal-connection';
import { openTerminalSocket } from './terminal-socket';

/** A window that is dragged sends one size at its end, and a few on the way. */
const resizePauseMs = 60;

/** What Enter sends. */
const carriageReturn = 0x0d;

/** Clears screen, scrollback and modes (RIS of ECMA-48); in its place among the output. */
const resetToInitialState = new TextEncoder().encode('\x1bc');

/** One terminal as this page looks at it: its screen and its connection. Outlives the panel that shows it. */
export class TerminalView {
  readonly #labId: string;
  #session: TerminalSession;
  #screen: TerminalScreen | null = null;
  #connection: TerminalConnection | null = null;
  #place: HTMLElement | null = null;
  #look: ScreenLook;
  readonly #onKey: (key: Exclude<TerminalKey, 'copy' | 'paste'>) => void;
  readonly #observer = new ResizeObserver(() => this.#measureSoon());
  #resizeTimer: ReturnType<typeof setTimeout> | null = null;
  /** Where the focus was when it was asked to come here; undefined: nobody asked. */
  #focusWanted: Element | null | undefined;
  #readTo = 0;
  #replayTo = 0;
  #disposed = false;
  #isBusy: boolean | null = null;

  constructor(
    labId: string,
    session: TerminalSession,
    look: ScreenLook,
    onKey: (key: Exclude<TerminalKey, 'copy' | 'paste'>) => void,
  ) {
    this.#labId = labId;
    this.#session = session;
    this.#look = look;
    this.#onKey = onKey;
    setSight(session.id, { status: 'connecting' });
    this.#begin().catch((error: unknown) => {
      setTerminals({ problem: `The terminal could not be loaded. Reload the page. (${readable(error)})` });
    });
  }

  get screen(): TerminalScreen | null {
    return this.#screen;
  }

  /** Whether a command runs in front of the shell; null: the shell does not say. */
  get isBusy(): boolean | null {
    return this.#isBusy;
  }

  /** Puts the screen into a place of the page. Gives the function that takes it away again. */
  show(place: HTMLElement): () => void {
    this.#place = place;
    this.#appear();
    return () => {
      if (this.#place !== place) return;
      this.#place = null;
      this.#observer.disconnect();
      this.#screen?.element.remove();
    };
  }

  /** Takes the focus, as soon as there is a screen, unless the person has gone elsewhere meanwhile. */
  focus(): void {
    this.#focusWanted = document.activeElement;
    this.#giveFocus();
  }

  setLook(look: ScreenLook): void {
    if (look === this.#look) return;
    this.#look = look;
    this.#screen?.setLook(look);
    this.#measureSoon();
  }

  /** What the lab says of it now. */
  update(session: TerminalSession): void {
    const isAloneNow = session.viewers < 2 && this.#session.viewers > 1;
    this.#session = session;
    this.#screen?.label(this.#label());
    this.#sized(session.cols, session.rows);
    if (isAloneNow) this.#measure();
  }

  /** The lab's own stream came back, or was found lost. */
  online(isOnline: boolean): void {
    if (isOnline) this.#connection?.retryNow();
    else this.#connection?.lost();
  }

  dispose(): void {
    this.#disposed = true;
    this.#observer.disconnect();
    if (this.#resizeTimer !== null) clearTimeout(this.#resizeTimer);
    this.#connection?.close();
    this.#screen?.dispose();
  }

  async #begin(): Promise<void> {
    const { TerminalScreen } = await loadScreenParts();
    if (this.#disposed) return;
    const { id, cols, rows } = this.#session;
    const connection = new TerminalConnection({
      ticket: () => rest.ticket(),
      open: (ticket, from) => openTerminalSocket(this.#labId, id, ticket, from),
      onAttached: (session, reset, replayTo) => {
        if (reset) pacer.add({ bytes: resetToInitialState, written: () => undefined });
        this.#replayTo = replayTo;
        this.update(session);
        this.#measure();
      },
      onOutput: (bytes, offset, taken) =>
        pacer.add({
          bytes,
          written: () => {
            this.#readTo = offset;
            taken();
          },
        }),
      onSize: (wide, high) => this.#sized(wide, high),
      onSession: (session) => this.update(session),
      onStatus: (status) => setSight(id, { status }),
    });
    const screen = new TerminalScreen({
      look: this.#look,
      cols,
      rows,
      onInput: (bytes) => {
        noteTerminalKey(bytes.includes(carriageReturn));
        connection.type(bytes);
      },
      onFocus: () => this.#measure(),
      onKey: (event) => this.#key(event),
      onTitle: (title) => setSight(id, { title: plainTitle(title) }),
      onBusy: (isBusy) => {
        this.#isBusy = isBusy;
      },
      onFound: (found) => setTerminals({ found }),
      onLink: (link) => setTerminals({ link }),
      // A replay was answered when it was new; of several viewers the one that is typed into answers.
      mayAnswer: () => this.#readTo >= this.#replayTo && (this.#session.viewers < 2 || screen.hasFocus),
    });
    const pacer = new OutputPacer({
      write: (bytes, written) => screen.write(bytes, written),
      now: () => performance.now(),
      wait: (ms, then) => setTimeout(then, ms),
      mayRest: () => !document.hidden,
    });
    this.#screen = screen;
    this.#connection = connection;
    this.#appear();
    connection.start();
  }

  #appear(): void {
    const { element } = this.#screen ?? {};
    if (this.#place === null || element === undefined) return;
    this.#place.append(element);
    this.#screen?.open(this.#label());
    this.#observer.disconnect();
    this.#observer.observe(this.#place);
    this.#measure();
    this.#giveFocus();
  }

  #giveFocus(): void {
    if (this.#focusWanted === undefined || this.#screen === null || this.#place === null) return;
    const active = document.activeElement;
    const stayed = active === null || active === document.body || active === this.#focusWanted;
    if (stayed || active.closest('[data-terminals], [data-canvas]') !== null) this.#screen.focus();
    this.#focusWanted = undefined;
  }

  #measureSoon(): void {
    this.#resizeTimer ??= setTimeout(() => {
      this.#resizeTimer = null;
      this.#measure();
    }, resizePauseMs);
  }

  /** Asks for the size this page has room for. Of several viewers the one that types decides; the others look on. */
  #measure(): void {
    const room = this.#screen?.room() ?? null;
    if (room === null) return;
    const { cols, rows, viewers, state } = this.#session;
    const decides = state === 'running' && (viewers < 2 || this.#screen?.hasFocus === true);
    if (decides && (room.cols !== cols || room.rows !== rows)) this.#connection?.resize(room.cols, room.rows);
    this.#sized(cols, rows);
  }

  /** All viewers draw in the size that the server tells; a page with other room says so. What has ended fits itself in. */
  #sized(cols: number, rows: number): void {
    this.#session = { ...this.#session, cols, rows };
    const { id, state, viewers } = this.#session;
    const room = this.#screen?.room() ?? null;
    const shown = state === 'exited' && room !== null ? room : { cols, rows };
    this.#screen?.resize(shown.cols, shown.rows);
    const isForeign = room !== null && viewers > 1 && (room.cols !== shown.cols || room.rows !== shown.rows);
    this.#screen?.element.toggleAttribute('data-foreign-size', isForeign);
    const { foreignSize } = terminalStore.getState().sights.get(id) ?? { foreignSize: null };
    if (!isForeign && foreignSize === null) return;
    setSight(id, { foreignSize: isForeign ? { cols, rows } : null });
  }

  #key(event: KeyboardEvent): boolean {
    const key = terminalKeyOf(event);
    if (key === null) return false;
    if (event.type !== 'keydown') return true;
    // The browser pastes by itself, and needs no leave to do so.
    if (key === 'paste') return true;
    event.preventDefault();
    if (key !== 'copy') this.#onKey(key);
    else {
      const marked = this.#screen?.selection() ?? null;
      if (marked !== null) void copyText(marked);
    }
    return true;
  }

  #label(): string {
    return `Terminal ${tabName(this.#session)}`;
  }
}
