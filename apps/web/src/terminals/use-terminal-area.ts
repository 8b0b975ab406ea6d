import { useMostDockHeight } from '../view';
import { terminalLimits } from './state/kept-terminals';
import { keepTerminals, useTerminals } from './state/terminal-store';

export interface TerminalArea {
  /** In this window. */
  readonly heightPx: number;
  readonly limits: { readonly min: number; readonly max: number };
  readonly setHeight: (heightPx: number) => void;
}

/** How high the terminals are: a height of their own, remembered, and larger than other panels need. */
export function useTerminalArea(): TerminalArea {
  const { heightPx, maximised } = useTerminals((state) => state.kept);
  const most = useMostDockHeight();
  return {
    heightPx: maximised ? most : Math.min(heightPx, most),
    limits: { ...terminalLimits.heightPx, max: most },
    // Whoever drags the splitter has a height in mind.
    setHeight: (next) => keepTerminals({ heightPx: Math.min(next, most), maximised: false }),
  };
}
