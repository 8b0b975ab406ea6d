import type { TerminalSession } from '@vethlab/protocol';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { TerminalStatus } from '../session/terminal-connection';
import { clamp, type KeptTerminals, loadKeptTerminals, saveKeptTerminals } from './kept-terminals';

/** What this page knows of one terminal beside what the lab tells everybody. */
export interface TerminalSight {
  readonly status: TerminalStatus;
  /** As the program in it calls itself, made safe to show; null when it says nothing. */
  readonly title: string | null;
  /** The size all viewers share, when it is not the one this page has room for. */
  readonly foreignSize: { readonly cols: number; readonly rows: number } | null;
}

export interface TerminalState {
  /** Tab in front; it may be gone from the lab meanwhile. */
  readonly active: string | null;
  readonly sights: ReadonlyMap<string, TerminalSight>;
  /** Opened by this page and not in the lab's list yet. */
  readonly opened: readonly TerminalSession[];
  /** Where a terminal is being opened for: a node's name, or null for the lab's root shell; undefined: nowhere. */
  readonly opening: string | null | undefined;
  /** Why the last one was not opened or closed. */
  readonly problem: string | null;
  readonly searching: boolean;
  /** Hits of the search; null before it looked. */
  readonly found: { readonly index: number; readonly count: number } | null;
  /** Asked whether to close it, although a command runs in it (null: or may run). */
  readonly closing: { readonly id: string; readonly isBusy: boolean | null } | null;
  /** Address of the link under the pointer. */
  readonly link: string | null;
  readonly kept: KeptTerminals;
}

const nothing: Omit<TerminalState, 'kept'> = {
  active: null,
  sights: new Map(),
  opened: [],
  opening: undefined,
  problem: null,
  searching: false,
  found: null,
  closing: null,
  link: null,
};

export const terminalStore = createStore<TerminalState>(() => ({ ...nothing, kept: loadKeptTerminals() }));

export function useTerminals<Part>(selector: (state: TerminalState) => Part): Part {
  return useStore(terminalStore, selector);
}

export const setTerminals = (part: Partial<TerminalState>): void => terminalStore.setState(part);

/** Changes what is known of one terminal; the first word of it makes it known. */
export function setSight(id: string, part: Partial<TerminalSight>): void {
  const { sights } = terminalStore.getState();
  const before = sights.get(id) ?? { status: 'connecting', title: null, foreignSize: null };
  setTerminals({ sights: new Map(sights).set(id, { ...before, ...part }) });
}

export function forgetSight(id: string): void {
  const sights = new Map(terminalStore.getState().sights);
  if (sights.delete(id)) setTerminals({ sights });
}

/** Nothing of one lab is shown in the next. */
export function forgetTerminals(): void {
  setTerminals(nothing);
}

export function keepTerminals(part: Partial<KeptTerminals>): void {
  const { kept } = terminalStore.getState();
  const next = {
    ...kept,
    ...part,
    heightPx: clamp('heightPx', part.heightPx ?? kept.heightPx),
    fontSizePx: clamp('fontSizePx', part.fontSizePx ?? kept.fontSizePx),
  };
  setTerminals({ kept: next });
  saveKeptTerminals(next);
}
