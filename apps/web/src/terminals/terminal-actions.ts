import type { Action } from '../app/actions';
import { labStore } from '../lab';
import { viewActions, viewStore } from '../view';
import { activeOf, leaveTerminal, stepTab, tabsNow } from './acts/choose-terminal';
import { closeTerminal } from './acts/close-terminal';
import { toggleMaximised } from './acts/maximise';
import { goToTerminal, openTerminal } from './acts/open-terminal';
import { endSearch, startSearch } from './acts/search';
import { keepTerminals, terminalStore } from './state/terminal-store';
import { type TerminalKey, terminalKeys } from './terminal-keys';

const inLab = (): boolean => labStore.getState().topology !== null;
const front = () => activeOf(tabsNow(), terminalStore.getState().active);
const hasFront = (): boolean => front() !== null;
const kept = () => terminalStore.getState().kept;

/** The one selected node; null: none, or several. */
const chosenNode = (): string | null => {
  const { nodes } = viewStore.getState().selection;
  return nodes.length === 1 ? (nodes[0] ?? null) : null;
};

const byKey = (key: TerminalKey, label: string, run: () => void): Action => ({
  id: `terminal.${key}`,
  label,
  group: 'Terminal',
  keys: [terminalKeys[key]],
  keysHandledElsewhere: true,
  hiddenInPalette: key !== 'search',
  enabled: hasFront,
  run,
});

const sizeStepPx = 1;

/** Everything one can do with terminals: one list for keyboard, command palette and context menu. */
export const terminalActions: readonly Action[] = [
  {
    id: 'terminal.here',
    label: () => {
      const node = chosenNode();
      return node === null ? 'Terminal of the selected node, or of the lab' : `Terminal of ${node}`;
    },
    group: 'Terminal',
    keys: ['t'],
    keywords: ['shell', 'bash', 'console', 'exec', 'open'],
    enabled: () => inLab() && viewStore.getState().selection.nodes.length < 2,
    run: () => goToTerminal(chosenNode()),
  },
  {
    id: 'terminal.lab',
    label: 'Lab shell',
    group: 'Terminal',
    keys: ['mod+`'],
    keywords: ['terminal', 'root', 'console', 'netns', 'open'],
    enabled: inLab,
    run: () => goToTerminal(null),
  },
  {
    id: 'terminal.one-more',
    label: 'One more terminal in the same place',
    group: 'Terminal',
    keywords: ['new', 'tab', 'split'],
    enabled: hasFront,
    run: () => void openTerminal(front()?.node ?? null, front()?.vrf),
  },
  {
    id: 'terminal.close',
    label: 'Close the terminal',
    group: 'Terminal',
    keywords: ['exit', 'kill', 'tab'],
    enabled: hasFront,
    run: () => {
      const session = front();
      if (session !== null) void closeTerminal(session.id);
    },
  },
  byKey('leave', 'Leave the terminal: to its tab, then to the canvas', leaveTerminal),
  byKey('next', 'Next terminal', () => stepTab(1)),
  byKey('previous', 'Previous terminal', () => stepTab(-1)),
  byKey('copy', 'Copy from the terminal', () => undefined),
  byKey('paste', 'Paste into the terminal', () => undefined),
  byKey('search', 'Search in the terminal', () => (terminalStore.getState().searching ? endSearch() : startSearch())),
  {
    id: 'terminal.larger',
    label: 'Larger text in terminals',
    group: 'Terminal',
    keywords: ['font', 'size', 'zoom'],
    enabled: inLab,
    run: () => keepTerminals({ fontSizePx: kept().fontSizePx + sizeStepPx }),
  },
  {
    id: 'terminal.smaller',
    label: 'Smaller text in terminals',
    group: 'Terminal',
    keywords: ['font', 'size', 'zoom'],
    enabled: inLab,
    run: () => keepTerminals({ fontSizePx: kept().fontSizePx - sizeStepPx }),
  },
  {
    id: 'terminal.maximise',
    label: () => (kept().maximised ? 'Terminals as high as before' : 'Terminals as high as the canvas allows'),
    group: 'Terminal',
    keywords: ['maximise', 'restore', 'full'],
    enabled: inLab,
    run: toggleMaximised,
  },
  {
    id: 'terminal.screen-reader',
    label: () => (kept().screenReader ? 'Do not read terminals out' : 'Read terminals out (screen reader)'),
    group: 'Terminal',
    keywords: ['accessibility', 'nvda', 'voiceover', 'orca'],
    enabled: inLab,
    run: () => keepTerminals({ screenReader: !kept().screenReader }),
  },
  {
    id: 'panel.terminals',
    label: 'Show terminals',
    group: 'Panels',
    keywords: ['shell', 'console'],
    enabled: inLab,
    run: () => viewActions.openDock('terminals'),
  },
];
