/** What a browser keeps about its terminals from one visit to the next. */
export interface KeptTerminals {
  /** Of the area below the canvas, in pixels. */
  readonly heightPx: number;
  readonly maximised: boolean;
  readonly fontSizePx: number;
  readonly screenReader: boolean;
}

export const defaultKeptTerminals: KeptTerminals = {
  heightPx: 320,
  maximised: false,
  fontSizePx: 14,
  screenReader: false,
};

export const terminalLimits = {
  /** Less shows too few lines to work with; more is cut by the canvas, which always stays in sight. */
  heightPx: { min: 140, max: 1_600 },
  /** The largest is for the back of a room. */
  fontSizePx: { min: 9, max: 32 },
} as const;

const storageKey = 'vethlab.terminals';

/** What the browser kept, field by field: anything missing, foreign or out of range becomes the default. */
export function parseKeptTerminals(text: string | null): KeptTerminals {
  const kept = fieldsOf(text);
  const size = (key: 'heightPx' | 'fontSizePx'): number => {
    const value = kept.get(key);
    return typeof value === 'number' && Number.isFinite(value) ? clamp(key, value) : defaultKeptTerminals[key];
  };
  return {
    heightPx: size('heightPx'),
    fontSizePx: size('fontSizePx'),
    maximised: kept.get('maximised') === true,
    screenReader: kept.get('screenReader') === true,
  };
}

/** A number held inside its limits. */
export function clamp(key: keyof typeof terminalLimits, value: number): number {
  const { min, max } = terminalLimits[key];
  return Math.round(Math.min(max, Math.max(min, value)));
}

export function loadKeptTerminals(): KeptTerminals {
  try {
    return parseKeptTerminals(localStorage.getItem(storageKey));
  } catch (error) {
    if (!(error instanceof DOMException) && !(error instanceof ReferenceError)) throw error;
    // Storage is switched off in this browser (or there is none, in a unit test): nothing is kept.
    return defaultKeptTerminals;
  }
}

export function saveKeptTerminals(kept: KeptTerminals): void {
  try {
    localStorage.setItem(storageKey, JSON.stringify(kept));
  } catch (error) {
    // Full or switched off: it still works, it is only forgotten.
    if (!(error instanceof DOMException) && !(error instanceof ReferenceError)) throw error;
  }
}

function fieldsOf(text: string | null): ReadonlyMap<string, unknown> {
  if (text === null) return new Map();
  try {
    const value: unknown = JSON.parse(text);
    return new Map(typeof value === 'object' && value !== null ? Object.entries(value) : []);
  } catch (error) {
    if (error instanceof SyntaxError) return new Map();
    throw error;
  }
}
