/**
 * Something a person can do, told once: the command palette, the list of shortcuts and the keyboard all read it here.
 */
export interface Action {
  /** Stable: `lab.undo`. */
  readonly id: string;
  /** Sentence case, a verb first: `Undo`. A function when the words depend on the state. */
  readonly label: string | (() => string);
  /** Heading in the command palette and in the list of shortcuts. */
  readonly group: 'Edit' | 'Add' | 'Select' | 'View' | 'Lab' | 'Terminal' | 'Panels' | 'Help';
  /** Shortcuts such as `mod+z`, `shift+mod+z`, `f2`, `?`, `v`; `mod` is ⌘ on a Mac and Ctrl elsewhere. The first one is shown. */
  readonly keys?: readonly string[];
  /** More words that find it in the palette. */
  readonly keywords?: readonly string[];
  /** Absent: always. Read at the moment of asking; not reactive. */
  readonly enabled?: () => boolean;
  /** The keys are shown but acted upon elsewhere (by the canvas, on what has the focus); the registry does not listen. */
  readonly keysHandledElsewhere?: boolean;
  /** Only in the list of shortcuts: gestures such as "Pan" that the palette cannot run. */
  readonly hiddenInPalette?: boolean;
  /** May take its time: a promise is not waited for. */
  readonly run: () => void;
}

export function labelOf(action: Action): string {
  return typeof action.label === 'function' ? action.label() : action.label;
}

export function isEnabled(action: Action): boolean {
  return action.enabled?.() ?? true;
}
