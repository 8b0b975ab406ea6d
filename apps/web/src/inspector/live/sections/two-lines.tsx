import type { ReactNode } from 'react';
import { visibleText } from '../../../format/visible-text';

/** What a cell is about, and below it what is said of it. */
export function TwoLines({ first, second }: { readonly first: ReactNode; readonly second: string }): React.JSX.Element {
  return (
    <>
      {typeof first === 'string' ? visibleText(first) : first}
      {second === '' ? null : <span className="block font-sans text-muted">{visibleText(second)}</span>}
    </>
  );
}
