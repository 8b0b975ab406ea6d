import type { ComponentProps, ReactNode } from 'react';
import { classNames } from './class-names';
import { Tooltip } from './tooltip';

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'aria-label' | 'title'> {
  /** Accessible name, also the tooltip unless `tooltip` says more. */
  readonly label: string;
  readonly tooltip?: ReactNode;
  readonly keys?: string;
  /** For toggles: shown pressed and told to screen readers. */
  readonly pressed?: boolean;
  readonly size?: 'small' | 'medium';
}

export function IconButton({
  label,
  tooltip,
  keys,
  pressed,
  size = 'medium',
  className,
  children,
  ...rest
}: IconButtonProps): React.JSX.Element {
  return (
    <Tooltip text={tooltip ?? label} {...(keys === undefined ? {} : { keys })}>
      <button
        type="button"
        aria-label={label}
        aria-pressed={pressed}
        className={classNames(
          'inline-flex shrink-0 items-center justify-center rounded-md text-muted transition-colors hover:bg-hover hover:text-text active:bg-pressed disabled:cursor-not-allowed disabled:opacity-40 disabled:hover:bg-transparent aria-pressed:bg-accent-soft aria-pressed:text-accent data-[state=open]:bg-hover data-[state=open]:text-text',
          size === 'small' ? 'size-6 [&>svg]:size-3.5' : 'size-8 [&>svg]:size-4',
          className,
        )}
        {...rest}
      >
        {children}
      </button>
    </Tooltip>
  );
}
