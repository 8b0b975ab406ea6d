import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

export interface HeadingProps {
  readonly icon?: LucideIcon;
  readonly title: string;
  /** The kind of thing, in plain words. */
  readonly what: string;
  readonly children?: ReactNode;
}

/** Name and kind of what is inspected, at the top. */
export function Heading({ icon: Icon, title, what, children }: HeadingProps): React.JSX.Element {
  return (
    <div className="flex min-h-12 shrink-0 items-center gap-2 px-3 py-2">
      {Icon === undefined ? null : <Icon className="size-5 shrink-0 text-muted" strokeWidth={1.6} aria-hidden="true" />}
      <div className="min-w-0 flex-1">
        <h2 className="truncate font-mono text-sm font-semibold">{title}</h2>
        <p className="text-xs text-muted">{what}</p>
      </div>
      {children}
    </div>
  );
}
