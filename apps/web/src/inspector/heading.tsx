import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from '../ui';

export interface HeadingProps {
  readonly icon?: LucideIcon;
  readonly title: string;
  /** Not a name of the kernel, and so not in the face of such names. */
  readonly freeText?: boolean;
  /** The kind of thing, in plain words. */
  readonly what: string;
  readonly children?: ReactNode;
}

/** Name and kind of what is inspected, at the top. */
export function Heading({ icon: Icon, title, freeText = false, what, children }: HeadingProps): React.JSX.Element {
  return (
    <div className="flex min-h-12 shrink-0 items-center gap-2 px-3 py-2">
      {Icon === undefined ? null : <Icon className="size-5 shrink-0 text-muted" strokeWidth={1.6} aria-hidden="true" />}
      <div className="min-w-0 flex-1">
        <h2 className={classNames('truncate text-sm font-semibold', !freeText && 'font-mono')}>{title}</h2>
        <p className="text-xs text-muted">{what}</p>
      </div>
      {children}
    </div>
  );
}
