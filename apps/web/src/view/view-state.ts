import type { LinkKey, NodeName, ProbeKey } from '@vethlab/topology';

/** What the person looks at; never part of the document. Kept per browser (localStorage) where it says so. */
export interface ViewState {
  readonly selection: Selection;
  readonly dock: { readonly open: boolean; readonly tab: DockTab; readonly height: number };
  readonly inspector: { readonly open: boolean; readonly width: number };
  /** `system` follows the machine. Kept. */
  readonly theme: 'system' | 'light' | 'dark';
  readonly presentation: boolean;
  readonly commandPaletteOpen: boolean;
  readonly shortcutsOpen: boolean;
  /** Messages that stay until they are dismissed or mended; undoable ones carry an Undo button. */
  readonly notices: readonly Notice[];
  /** Counts up when something asks the canvas to bring the selection into sight (a click in the dock, say). */
  readonly revealRequests: number;
}

export interface ViewActions {
  /** Absent kinds become empty: `select({ nodes: [name] })`. */
  select(selection: Partial<Selection>): void;
  clearSelection(): void;
  /** Selects, and asks the canvas to bring it into sight. */
  reveal(selection: Partial<Selection>): void;
  /** Opens the dock on a tab. */
  openDock(tab: DockTab): void;
  setDock(dock: Partial<ViewState['dock']>): void;
  setInspector(inspector: Partial<ViewState['inspector']>): void;
  setTheme(theme: ViewState['theme']): void;
  setPresentation(presentation: boolean): void;
  setCommandPaletteOpen(open: boolean): void;
  setShortcutsOpen(open: boolean): void;
  /** Shows a message until it is dismissed. With an `id` that is shown already, it takes that one's place. Gives the id. */
  notify(notice: Omit<Notice, 'id'> & { readonly id?: string }): string;
  dismiss(id: string): void;
}

export interface Selection {
  readonly nodes: readonly NodeName[];
  readonly links: readonly LinkKey[];
  readonly probes: readonly ProbeKey[];
  /** What is drawn and is not in the document, by its id on the canvas. */
  readonly ghosts: readonly string[];
}

export type DockTab = 'terminals' | 'pings' | 'reachability' | 'drift' | 'plan' | 'commands' | 'events' | 'problems';

export interface Notice {
  readonly id: string;
  readonly level: 'info' | 'warning' | 'error';
  readonly text: string;
  readonly detail?: string;
  readonly action?: { readonly label: string; readonly run: () => void };
}
