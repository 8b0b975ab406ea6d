import { terminalLimits } from './state/kept-terminals';
import { keepTerminals, useTerminals } from './state/terminal-store';

/**
 * Height that always leaves a part of the canvas in sight: below the header (3rem), the row of tabs (2.25rem) and the line
 * above it, at least 10 rem of drawing stay.
 */
const mostHeight = 'calc(100dvh - 15.5rem)';

export interface TerminalArea {
  readonly heightPx: number;
  readonly limits: { readonly min: number; readonly max: number };
  readonly setHeight: (heightPx: number) => void;
  readonly style: { readonly height: number | string; readonly maxHeight: string };
}

/** How high the terminals are: a height of their own, remembered, and larger than other panels need. */
export function useTerminalArea(): TerminalArea {
  const { heightPx, maximised } = useTerminals((state) => state.kept);
  return {
    heightPx,
    limits: terminalLimits.heightPx,
    // Whoever drags the splitter has a height in mind.
    setHeight: (next) => keepTerminals({ heightPx: next, maximised: false }),
    style: { height: maximised ? mostHeight : heightPx, maxHeight: mostHeight },
  };
}
