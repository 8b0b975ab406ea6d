import { X } from 'lucide-react';
import { Dialog as Primitive } from 'radix-ui';
import type { ReactNode } from 'react';
import { classNames } from './class-names';

export interface DialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: string;
  readonly description?: ReactNode;
  readonly children?: ReactNode;
  /** Buttons, primary last. */
  readonly footer?: ReactNode;
  readonly width?: 'narrow' | 'wide';
  /** Title and close button only for screen readers (the command palette shows its own field). */
  readonly bare?: boolean;
}

/**
 * Takes the focus and gives it back. The scrim is our own element, since the overlay of Radix adds a style element to
 * the page, which the content security policy forbids.
 */
export function Dialog(props: DialogProps): React.JSX.Element {
  const { open, onOpenChange, title, description, children, footer, width = 'narrow', bare = false } = props;
  return (
    <Primitive.Root open={open} onOpenChange={onOpenChange}>
      <Primitive.Portal>
        {open ? <div className="fixed inset-0 z-40 bg-scrim" /> : null}
        <Primitive.Content
          {...(description === undefined ? { 'aria-describedby': undefined } : {})}
          onOpenAutoFocus={focusFirstChoice}
          className={classNames(
            'fixed left-1/2 z-50 flex max-h-[80vh] w-[calc(100vw-2rem)] -translate-x-1/2 flex-col overflow-hidden rounded-xl border border-line bg-raised shadow-raised focus:outline-none',
            bare ? 'top-[12vh]' : 'top-1/2 -translate-y-1/2',
            width === 'narrow' ? 'max-w-md' : 'max-w-2xl',
          )}
        >
          <div className={bare ? 'sr-only' : 'flex items-start gap-2 px-4 pt-3 pb-2'}>
            <div className="min-w-0 flex-1">
              <Primitive.Title className="text-sm leading-8 font-semibold">{title}</Primitive.Title>
              {description === undefined ? null : (
                <Primitive.Description asChild>
                  <div className="text-muted">{description}</div>
                </Primitive.Description>
              )}
            </div>
            {bare ? null : (
              <Primitive.Close
                aria-label="Close"
                className="inline-flex size-8 shrink-0 items-center justify-center rounded-md text-muted hover:bg-hover hover:text-text"
              >
                <X aria-hidden="true" className="size-4" />
              </Primitive.Close>
            )}
          </div>
          {children === undefined ? null : (
            // What scrolls has to be reached by keyboard.
            <div
              tabIndex={bare ? undefined : 0}
              className={classNames('min-h-0 flex-1 overflow-auto', !bare && 'px-4 pb-4')}
            >
              {children}
            </div>
          )}
          {footer === undefined ? null : (
            <div className="flex justify-end gap-2 border-t border-line bg-sunken px-4 py-3">{footer}</div>
          )}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

/** The safe choice when one is marked with `data-first-choice`; otherwise the dialog itself, so that it is read first. */
function focusFirstChoice(event: Event): void {
  const { target } = event;
  if (!(target instanceof HTMLElement)) return;
  event.preventDefault();
  (target.querySelector<HTMLElement>('[data-first-choice]') ?? target).focus();
}
