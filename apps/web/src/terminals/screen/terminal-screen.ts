import '@xterm/xterm/css/xterm.css';
import './terminal-screen.css';
import { FitAddon } from '@xterm/addon-fit';
import { SearchAddon } from '@xterm/addon-search';
import { WebLinksAddon } from '@xterm/addon-web-links';
import { type ILinkHandler, Terminal } from '@xterm/xterm';
import { isApple } from '../../ui';
import { leaveHintId } from '../terminal-keys';
import { moveAtRest } from './move-at-rest';
import { muteQueries, watchPrompt } from './queries';
import { withStyledElements } from './styled-elements';
import { searchMarks, terminalThemes } from './themes';

/** Lines kept above the screen: the megabyte that the server replays is some ten thousand of them. */
const scrollbackLines = 10_000;

const fontFamily = '"JetBrains Mono Variable", ui-monospace, monospace';

export interface ScreenLook {
  readonly theme: 'light' | 'dark';
  readonly fontSizePx: number;
  /** Reads out what is written, and lets a screen reader walk through the lines. */
  readonly screenReader: boolean;
}

export interface ScreenOptions {
  readonly look: ScreenLook;
  readonly cols: number;
  readonly rows: number;
  /** Keystrokes and pasted text. */
  readonly onInput: (bytes: Uint8Array<ArrayBuffer>) => void;
  readonly onFocus: () => void;
  /** True for a key that is ours and must not reach the shell. */
  readonly onKey: (event: KeyboardEvent) => boolean;
  /** Text of a program; to be bounded and shown as text. */
  readonly onTitle: (title: string) => void;
  /** A command runs in front of the shell, or the shell waits. */
  readonly onBusy: (isBusy: boolean) => void;
  readonly onFound: (found: { readonly index: number; readonly count: number }) => void;
  readonly onLink: (address: string | null) => void;
  /** Whether this viewer answers what a program asks its terminal: one of several must, and only one. */
  readonly mayAnswer: () => boolean;
}

const encoder = new TextEncoder();

/**
 * One xterm.js on the page. It outlives the panel that shows it: hidden, it goes on reading. OSC 52 and window operations
 * are off (no clipboard addon, no `windowOptions`).
 */
export class TerminalScreen {
  /** To be put where the terminal is to be seen. */
  readonly element: HTMLElement;
  readonly #terminal: Terminal;
  readonly #fit = new FitAddon();
  readonly #search = new SearchAddon({ highlightLimit: 2_000 });
  #opened = false;
  #look: ScreenLook;

  constructor(options: ScreenOptions) {
    this.element = document.createElement('div');
    this.element.className = 'vl-terminal-screen';
    this.element.addEventListener('focusin', options.onFocus);
    this.#look = options.look;
    const links: ILinkHandler = {
      activate: (event, address) => openAddress(event, address),
      hover: (_event, address) => options.onLink(address),
      leave: () => options.onLink(null),
    };
    this.#terminal = new Terminal({
      ...xtermLook(options.look),
      cols: options.cols,
      rows: options.rows,
      allowProposedApi: true,
      // A blinking one is an animation that draws sixty frames a second, and delays the echo of every key: decision 0029.
      cursorBlink: false,
      fontFamily,
      linkHandler: links,
      lineHeight: 1.2,
      macOptionIsMeta: false,
      minimumContrastRatio: 4.5,
      scrollback: scrollbackLines,
    });
    const terminal = this.#terminal;
    terminal.loadAddon(this.#fit);
    terminal.loadAddon(this.#search);
    terminal.loadAddon(
      new WebLinksAddon(openAddress, {
        hover: (_event, address) => options.onLink(address),
        leave: () => options.onLink(null),
      }),
    );
    muteQueries(terminal, options.mayAnswer);
    watchPrompt(terminal, options.onBusy);
    terminal.onData((text) => options.onInput(encoder.encode(text)));
    terminal.onBinary((text) => options.onInput(Uint8Array.from(text, (sign) => sign.charCodeAt(0))));
    terminal.onTitleChange(options.onTitle);
    this.#search.onDidChangeResults(({ resultIndex, resultCount }) =>
      options.onFound({ index: resultIndex, count: resultCount }),
    );
    terminal.attachCustomKeyEventHandler((event) => !options.onKey(event));
  }

  /** To be called once the element is on the page. `label`: what a screen reader calls the place where one types. */
  open(label: string): void {
    if (!this.#opened) {
      this.#opened = true;
      withStyledElements(document, () => this.#terminal.open(this.element));
      if (this.#terminal.textarea !== undefined) moveAtRest(this.#terminal.textarea);
    }
    this.label(label);
  }

  label(label: string): void {
    const { textarea } = this.#terminal;
    if (textarea === undefined) return;
    textarea.setAttribute('aria-label', label);
    textarea.setAttribute('aria-describedby', leaveHintId);
  }

  /** The size that would fill the place where it is shown; null while it is not on the page. */
  room(): { readonly cols: number; readonly rows: number } | null {
    const size = this.#opened && this.element.isConnected ? this.#fit.proposeDimensions() : undefined;
    return size === undefined || !Number.isFinite(size.cols) || !Number.isFinite(size.rows) ? null : size;
  }

  resize(cols: number, rows: number): void {
    if (cols !== this.#terminal.cols || rows !== this.#terminal.rows) this.#terminal.resize(cols, rows);
  }

  /** In the order of the calls; `written` once it is on the screen. */
  write(bytes: Uint8Array, written: () => void): void {
    this.#terminal.write(bytes, written);
  }

  setLook(look: ScreenLook): void {
    this.#look = look;
    Object.assign(this.#terminal.options, xtermLook(look));
  }

  focus(): void {
    this.#terminal.focus();
  }

  get hasFocus(): boolean {
    return this.element.contains(document.activeElement);
  }

  /** What is marked; null when nothing is. */
  selection(): string | null {
    return this.#terminal.hasSelection() ? this.#terminal.getSelection() : null;
  }

  paste(text: string): void {
    this.#terminal.paste(text);
  }

  /** Goes to the next hit and marks all of them; `incremental`: stays where it is while one types. */
  find(text: string, direction: 'next' | 'previous', incremental = false): void {
    const decorations = {
      ...searchMarks[this.#look.theme],
      matchOverviewRuler: searchMarks[this.#look.theme].matchBackground,
      activeMatchColorOverviewRuler: searchMarks[this.#look.theme].activeMatchBackground,
    };
    if (direction === 'next') this.#search.findNext(text, { decorations, incremental });
    else this.#search.findPrevious(text, { decorations });
  }

  endFind(): void {
    this.#search.clearDecorations();
    this.#terminal.clearSelection();
  }

  dispose(): void {
    this.#terminal.dispose();
    this.element.remove();
  }
}

/** The font has to be there before xterm measures it. */
export async function loadTerminalFont(): Promise<void> {
  await Promise.all([document.fonts.load(`14px ${fontFamily}`), document.fonts.load(`bold 14px ${fontFamily}`)]);
}

function xtermLook({ theme, fontSizePx, screenReader }: ScreenLook) {
  return { theme: terminalThemes[theme], fontSize: fontSizePx, screenReaderMode: screenReader };
}

/** Only with a key held, so that nobody is taken away by a click; only to web pages; never with a way back to this one. */
function openAddress(event: MouseEvent, address: string): void {
  if (!(isApple ? event.metaKey : event.ctrlKey)) return;
  if (!URL.canParse(address) || !['http:', 'https:'].includes(new URL(address).protocol)) return;
  window.open(address, '_blank', 'noopener,noreferrer');
}
