import { create } from 'zustand';

/** A script that somebody opened or dropped, on its way into the dialog. */
export interface GivenScript {
  readonly name: string;
  readonly text: string;
}

interface ImportState {
  readonly open: boolean;
  /** Counts up with every script that is given, so that the dialog takes each once. */
  readonly given: GivenScript | null;
}

export const useImportStore = create<ImportState>()(() => ({ open: false, given: null }));

/** Opens the dialog, with a script in it when there is one. Nothing is run. */
export function openImport(given: GivenScript | null = null): void {
  useImportStore.setState({ open: true, given });
}

export function closeImport(): void {
  useImportStore.setState({ open: false, given: null });
}
