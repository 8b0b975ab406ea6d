import type { ComponentProps } from 'react';
import { classNames } from './class-names';

export interface ButtonProps extends ComponentProps<'button'> {
  /** `primary` once per place; `danger` only for what cannot be undone. */
  readonly variant?: 'primary' | 'secondary' | 'quiet' | 'danger';
  readonly size?: 'small' | 'medium';
}

const variants = {
  primary: 'bg-accent text-on-accent border-transparent hover:brightness-110',
  secondary: 'bg-surface text-text border-line shadow-xs hover:bg-hover active:bg-pressed',
  quiet: 'bg-transparent text-text border-transparent hover:bg-hover active:bg-pressed',
  danger: 'bg-failing text-on-accent border-transparent hover:brightness-110',
} as const;

const sizes = { small: 'h-6 px-2 text-xs gap-1', medium: 'h-8 px-3 text-ui gap-1.5' } as const;

export function Button({
  variant = 'secondary',
  size = 'medium',
  className,
  type = 'button',
  ...rest
}: ButtonProps): React.JSX.Element {
  return (
    <button
      type={type}
      className={classNames(
        'inline-flex shrink-0 items-center justify-center rounded-md border font-medium whitespace-nowrap transition-colors disabled:cursor-not-allowed disabled:opacity-50 aria-disabled:cursor-not-allowed aria-disabled:opacity-50',
        variants[variant],
        sizes[size],
        className,
      )}
      {...rest}
    />
  );
}
