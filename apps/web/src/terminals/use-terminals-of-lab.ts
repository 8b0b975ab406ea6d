import { useEffect } from 'react';
import { useRegisterActions } from '../app/actions';
import { useResolvedTheme } from '../theme/use-theme';
import { useViewStore } from '../view';
import { leaveTerminal, stepTab } from './acts/choose-terminal';
import { startSearch } from './acts/search';
import { followLab, setKeysOfViews, setLookOfViews } from './session/open-views';
import { useTerminals } from './state/terminal-store';
import { terminalActions } from './terminal-actions';

/** For the back of a room; the rest of the page grows as much. */
const presentationFactor = 18 / 14;

/** Keeps the terminals of the open lab connected while the dock is on the page, whether or not they are to be seen. */
export function useTerminalsOfLab(): void {
  const theme = useResolvedTheme();
  const presentation = useViewStore((view) => view.presentation);
  const fontSizePx = useTerminals((state) => state.kept.fontSizePx);
  const screenReader = useTerminals((state) => state.kept.screenReader);
  useRegisterActions(terminalActions);
  useEffect(() => {
    const size = presentation ? Math.round(fontSizePx * presentationFactor) : fontSizePx;
    setLookOfViews({ theme, fontSizePx: size, screenReader });
  }, [theme, presentation, fontSizePx, screenReader]);
  useEffect(() => {
    setKeysOfViews((key) => {
      if (key === 'search') startSearch();
      else if (key === 'leave') leaveTerminal();
      else stepTab(key === 'next' ? 1 : -1);
    });
    return followLab();
  }, []);
}
