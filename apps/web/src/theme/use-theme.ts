import { useEffect, useSyncExternalStore } from 'react';
import { useViewStore } from '../view/view-store';

const darkQuery = '(prefers-color-scheme: dark)';

function subscribe(listener: () => void): () => void {
  const query = window.matchMedia(darkQuery);
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
}

/** The theme in effect, for what cannot read it from CSS. */
export function useResolvedTheme(): 'light' | 'dark' {
  const theme = useViewStore((view) => view.theme);
  const systemIsDark = useSyncExternalStore(subscribe, () => window.matchMedia(darkQuery).matches);
  if (theme !== 'system') return theme;
  return systemIsDark ? 'dark' : 'light';
}

/** Puts the chosen theme and presentation mode on the root element, where theme.css looks for them. */
export function useThemeOnPage(): void {
  const theme = useViewStore((view) => view.theme);
  const presentation = useViewStore((view) => view.presentation);
  useEffect(() => {
    const root = document.documentElement;
    if (theme === 'system') delete root.dataset.theme;
    else root.dataset.theme = theme;
  }, [theme]);
  useEffect(() => {
    document.documentElement.toggleAttribute('data-presentation', presentation);
  }, [presentation]);
}
