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
}

export interface Selection {
  readonly nodes: readonly NodeName[];
  readonly links: readonly LinkKey[];
  readonly probes: readonly ProbeKey[];
}

export type DockTab = 'pings' | 'reachability' | 'plan' | 'commands' | 'events' | 'problems';

export interface Notice {
  readonly id: string;
  readonly level: 'info' | 'warning' | 'error';
  readonly text: string;
  readonly detail?: string;
  readonly action?: { readonly label: string; readonly run: () => void };
}
