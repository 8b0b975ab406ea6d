import { Tabs as Primitive } from 'radix-ui';
import type { ReactNode } from 'react';

export interface TabItem<Value extends string> {
  readonly value: Value;
  readonly label: ReactNode;
  readonly content: ReactNode;
}

export interface TabsProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly onValueChange: (value: Value) => void;
  readonly items: readonly TabItem<Value>[];
}

export function Tabs<Value extends string>({
  label,
  value,
  onValueChange,
  items,
}: TabsProps<Value>): React.JSX.Element {
  const choose = (chosen: string): void => {
    const item = items.find((candidate) => candidate.value === chosen);
    if (item !== undefined) onValueChange(item.value);
  };
  return (
    <Primitive.Root value={value} onValueChange={choose} className="flex h-full min-h-0 flex-col">
      <Primitive.List aria-label={label} className="flex shrink-0 gap-1 border-b border-line px-2">
        {items.map((item) => (
          <Primitive.Trigger key={item.value} value={item.value} className={tabClass}>
            {item.label}
          </Primitive.Trigger>
        ))}
      </Primitive.List>
      {items.map((item) => (
        <Primitive.Content key={item.value} value={item.value} className="min-h-0 flex-1 overflow-auto">
          {item.content}
        </Primitive.Content>
      ))}
    </Primitive.Root>
  );
}

/** Shared with the dock, whose tab row carries more than tabs. */
export const tabClass =
  '-mb-px inline-flex h-9 outline-offset-[-3px] rounded-sm items-center gap-1.5 border-b-2 border-transparent px-2 text-ui text-muted whitespace-nowrap hover:text-text data-[state=active]:border-accent data-[state=active]:text-text data-[state=active]:font-medium';
