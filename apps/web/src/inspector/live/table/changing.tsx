import { createContext, type ReactNode, useContext, useState } from 'react';

/** Whether rows that come now are news: not at first, when all of them come. */
export const NewsContext = createContext(false);

export interface ChangingProps {
  /** When this changes, what is inside lights up for a moment. */
  readonly text: string;
  readonly children: ReactNode;
}

/** A value that shows that it has changed. The light is gentle, and there is none for those who want no motion. */
export function Changing({ text, children }: ChangingProps): React.JSX.Element {
  const news = useContext(NewsContext);
  const [seen, setSeen] = useState({ text, changes: news ? 1 : 0 });
  if (seen.text !== text) setSeen({ text, changes: seen.changes + 1 });
  return (
    // Another key is another element, and so the animation begins anew.
    <span key={seen.changes} className={seen.changes === 0 ? undefined : 'vl-changed'}>
      {children}
    </span>
  );
}
