import type { ViewState } from './view-state';

/** The part of the view that a browser keeps from one visit to the next. */
export type KeptView = Pick<ViewState, 'dock' | 'inspector' | 'theme'>;

export const defaultKeptView: KeptView = {
  dock: { open: true, tab: 'pings', height: 240 },
  inspector: { open: true, width: 320 },
  theme: 'system',
};

/** Smaller than this a panel shows nothing of use; larger, it leaves nothing of the canvas at 1280 × 720. */
export const panelLimits = {
  dockHeight: { min: 120, max: 560 },
  inspectorWidth: { min: 260, max: 560 },
} as const;

export const dockTabs = [
  'terminals',
  'pings',
  'reachability',
  'drift',
  'plan',
  'commands',
  'events',
  'problems',
] as const;

const storageKey = 'vethlab.view';

/** What the browser kept, field by field: anything missing, foreign or out of range becomes the default. */
export function parseKeptView(text: string | null): KeptView {
  const kept = text === null ? {} : parseObject(text);
  const dock = objectIn(kept, 'dock');
  const inspector = objectIn(kept, 'inspector');
  return {
    dock: {
      open: typeof dock.open === 'boolean' ? dock.open : defaultKeptView.dock.open,
      tab: dockTabs.find((tab) => tab === dock.tab) ?? defaultKeptView.dock.tab,
      height: within(dock.height, panelLimits.dockHeight, defaultKeptView.dock.height),
    },
    inspector: {
      open: typeof inspector.open === 'boolean' ? inspector.open : defaultKeptView.inspector.open,
      width: within(inspector.width, panelLimits.inspectorWidth, defaultKeptView.inspector.width),
    },
    theme: kept.theme === 'light' || kept.theme === 'dark' ? kept.theme : 'system',
  };
}

export function loadKeptView(): KeptView {
  try {
    return parseKeptView(localStorage.getItem(storageKey));
  } catch (error) {
    if (!(error instanceof DOMException) && !(error instanceof ReferenceError)) throw error;
    // Storage is switched off in this browser (or there is none, in a unit test): nothing is kept.
    return defaultKeptView;
  }
}

export function saveKeptView(view: KeptView): void {
  try {
    localStorage.setItem(storageKey, JSON.stringify(view));
  } catch (error) {
    // Full or switched off: the view still works, it is only forgotten.
    if (!(error instanceof DOMException) && !(error instanceof ReferenceError)) throw error;
  }
}

/** A number held inside the limits of a panel. */
export function clampTo(limits: { readonly min: number; readonly max: number }, value: number): number {
  return Math.round(Math.min(limits.max, Math.max(limits.min, value)));
}

function within(value: unknown, limits: { readonly min: number; readonly max: number }, otherwise: number): number {
  return typeof value === 'number' && Number.isFinite(value) ? clampTo(limits, value) : otherwise;
}

function parseObject(text: string): Readonly<Record<string, unknown>> {
  try {
    return asObject(JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}

function objectIn(parent: Readonly<Record<string, unknown>>, key: string): Readonly<Record<string, unknown>> {
  return asObject(parent[key]);
}

function asObject(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}
