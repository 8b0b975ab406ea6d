import { Switch } from 'radix-ui';
import { useId } from 'react';

export interface UpSwitchProps {
  /** Accessible name and, unless `visibleLabel` is given, what stands beside it. */
  readonly label: string;
  readonly visibleLabel?: string;
  readonly up: boolean;
  readonly onChange: (up: boolean) => void;
  readonly disabled?: boolean;
}

/** Admin state that is wanted: up or down. The word stands beside it; the position alone is not enough. */
export function UpSwitch({ label, visibleLabel, up, onChange, disabled = false }: UpSwitchProps): React.JSX.Element {
  const id = useId();
  return (
    <div className="flex items-center gap-2">
      <Switch.Root
        id={id}
        aria-label={label}
        checked={up}
        disabled={disabled}
        onCheckedChange={onChange}
        className="h-5 w-9 shrink-0 rounded-full border border-line-strong bg-sunken p-0.5 transition-colors data-[state=checked]:border-up data-[state=checked]:bg-up"
      >
        <Switch.Thumb className="block size-3.5 rounded-full bg-admin-down transition-transform data-[state=checked]:translate-x-4 data-[state=checked]:bg-surface" />
      </Switch.Root>
      <label htmlFor={id} className="text-ui">
        {visibleLabel ?? (up ? 'Up' : 'Down')}
      </label>
    </div>
  );
}
