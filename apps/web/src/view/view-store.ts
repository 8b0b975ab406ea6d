import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { clampTo, loadKeptView, panelLimits, saveKeptView } from './kept-view';
import type { Notice, Selection, ViewActions, ViewState } from './view-state';

const nothingSelected: Selection = { nodes: [], links: [], probes: [], ghosts: [] };

/** More would push each other off the screen; the oldest goes to make room. */
const maxNotices = 5;

export const viewStore = createStore<ViewState>(() => ({
  ...loadKeptView(),
  selection: nothingSelected,
  presentation: false,
  commandPaletteOpen: false,
  shortcutsOpen: false,
  notices: [],
  revealRequests: 0,
}));

const { getState, setState } = viewStore;
let noticeCount = 0;
let inspectorBefore = true;

viewStore.subscribe((now, before) => {
  if (now.dock !== before.dock || now.inspector !== before.inspector || now.theme !== before.theme) {
    const { dock, inspector, theme } = now;
    saveKeptView({ dock, inspector: now.presentation ? { ...inspector, open: inspectorBefore } : inspector, theme });
  }
});

/** Reads a part of the view: `useViewStore((view) => view.selection)`. */
export function useViewStore<Part>(selector: (view: ViewState) => Part): Part {
  return useStore(viewStore, selector);
}

export const viewActions: ViewActions = {
  select: (selection) => setState({ selection: { ...nothingSelected, ...selection } }),
  clearSelection: () => setState({ selection: nothingSelected }),
  reveal: (selection) =>
    setState((view) => ({
      selection: { ...nothingSelected, ...selection },
      revealRequests: view.revealRequests + 1,
    })),
  openDock: (tab) => setState((view) => ({ dock: { ...view.dock, open: true, tab } })),
  setDock: (dock) =>
    setState((view) => ({
      dock: { ...view.dock, ...dock, height: clampTo(panelLimits.dockHeight, dock.height ?? view.dock.height) },
    })),
  setInspector: (inspector) =>
    setState((view) => ({
      inspector: {
        ...view.inspector,
        ...inspector,
        width: clampTo(panelLimits.inspectorWidth, inspector.width ?? view.inspector.width),
      },
    })),
  setTheme: (theme) => setState({ theme }),
  setPresentation: (presentation) => {
    const view = getState();
    if (presentation === view.presentation) return;
    // The inspector steps aside for the canvas and comes back afterwards; opened meanwhile, it is a chosen panel.
    if (presentation) inspectorBefore = view.inspector.open;
    setState({ presentation, inspector: { ...view.inspector, open: presentation ? false : inspectorBefore } });
  },
  setCommandPaletteOpen: (commandPaletteOpen) => setState({ commandPaletteOpen }),
  setShortcutsOpen: (shortcutsOpen) => setState({ shortcutsOpen }),
  notify: (notice) => {
    const id = notice.id ?? `notice-${++noticeCount}`;
    const shown: Notice = { ...notice, id };
    const { notices } = getState();
    setState({
      notices: notices.some((other) => other.id === id)
        ? notices.map((other) => (other.id === id ? shown : other))
        : [...notices, shown].slice(-maxNotices),
    });
    return id;
  },
  dismiss: (id) => setState((view) => ({ notices: view.notices.filter((notice) => notice.id !== id) })),
};
