import { ChevronRight } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import { CommandLine, CopyButton, classNames } from '../../ui';

export interface FoldableProps {
  readonly title: string;
  /** Null: not known yet. */
  readonly count: number | null;
  readonly open: boolean;
  readonly onToggle: () => void;
  /** The command that shows the same. */
  readonly command: string;
  /** The section as text; null while there is none. */
  readonly text: (() => string) | null;
  readonly children: ReactNode;
}

/** A section that can be folded away. What is folded away is not read. */
export function Foldable(props: FoldableProps): React.JSX.Element {
  const { title, count, open, onToggle, command, text, children } = props;
  const id = useId();
  return (
    <section aria-label={title} className="border-t border-line">
      <div className="flex h-9 items-center gap-1 pr-2">
        <h3 className="min-w-0 flex-1">
          <button
            type="button"
            aria-expanded={open}
            aria-controls={open ? id : undefined}
            onClick={onToggle}
            className="flex h-9 w-full items-center gap-1.5 pl-2 text-left text-ui font-semibold outline-offset-[-3px] hover:bg-hover"
          >
            <ChevronRight
              aria-hidden="true"
              className={classNames('size-4 shrink-0 text-muted transition-transform', open && 'rotate-90')}
            />
            <span className="truncate">{title}</span>
            {count === null ? null : <span className="font-normal text-muted tabular-nums">{count}</span>}
          </button>
        </h3>
        {open && text !== null ? <CopyButton text={text} label={`Copy ${title.toLowerCase()} as text`} /> : null}
      </div>
      {open ? (
        <div id={id} className="flex flex-col gap-2 px-3 pb-3">
          {children}
          <CommandLine command={command} />
        </div>
      ) : null}
    </section>
  );
}
