import { ToggleGroup } from 'radix-ui';
import type { ReactNode } from 'react';

export interface SegmentedProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly onValueChange: (value: Value) => void;
  readonly items: readonly { readonly value: Value; readonly label: ReactNode; readonly title?: string }[];
}

/** One of a few, all of them in sight. */
export function Segmented<Value extends string>(props: SegmentedProps<Value>): React.JSX.Element {
  const choose = (chosen: string): void => {
    const item = props.items.find((candidate) => candidate.value === chosen);
    if (item !== undefined) props.onValueChange(item.value);
  };
  return (
    <ToggleGroup.Root
      type="single"
      aria-label={props.label}
      value={props.value}
      onValueChange={choose}
      className="inline-flex shrink-0 rounded-md border border-line bg-sunken p-0.5"
    >
      {props.items.map((item) => (
        <ToggleGroup.Item
          key={item.value}
          value={item.value}
          title={item.title}
          className="inline-flex h-6 items-center gap-1.5 rounded px-2 text-xs font-medium text-muted hover:text-text data-[state=on]:bg-surface data-[state=on]:text-text data-[state=on]:shadow-sm"
        >
          {item.label}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
