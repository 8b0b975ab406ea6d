import { useMemo } from 'react';
import { Section } from '../inspector/fields/section';
import { DifferenceRow } from './difference-row';
import { differencesAt } from './differences';
import { useDifferences } from './use-differences';

/** In the inspector of a node or link: where the kernel is not as the document says, and both ways out. */
export function DifferencesSection({ places }: { readonly places: readonly string[] }): React.JSX.Element | null {
  const all = useDifferences();
  const key = places.join(' ');
  const here = useMemo(() => differencesAt(all, new Set(key.split(' '))), [all, key]);
  if (here.length === 0) return null;
  return (
    <Section title="Δ Differs from the kernel" count={here.length}>
      <ul className="@container flex flex-col gap-2">
        {here.map((difference) => (
          <DifferenceRow key={difference.id} difference={difference} narrow={difference.kind !== 'unexpected'} />
        ))}
      </ul>
    </Section>
  );
}
