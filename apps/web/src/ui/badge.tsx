import type { ComponentProps } from 'react';
import { classNames } from './class-names';

export type Tone = 'neutral' | 'accent' | 'up' | 'drift' | 'failing' | 'waiting' | 'no-carrier';

const tones: Readonly<Record<Tone, string>> = {
  neutral: 'bg-sunken text-muted',
  accent: 'bg-accent-soft text-accent',
  up: 'bg-up-soft text-up',
  drift: 'bg-drift-soft text-drift',
  failing: 'bg-failing-soft text-failing',
  waiting: 'bg-waiting-soft text-waiting',
  'no-carrier': 'bg-no-carrier-soft text-no-carrier',
};

export interface BadgeProps extends ComponentProps<'span'> {
  readonly tone?: Tone;
}

/** A word of state. Colour never stands alone: there is always text or a shape in it. */
export function Badge({ tone = 'neutral', className, ...rest }: BadgeProps): React.JSX.Element {
  return (
    <span
      className={classNames(
        'inline-flex items-center gap-1 rounded-full px-2 text-xs leading-5 font-medium whitespace-nowrap tabular-nums',
        tones[tone],
        className,
      )}
      {...rest}
    />
  );
}
