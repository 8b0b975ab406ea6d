import { namespaceOf, type ObservedBeyond } from '@vethlab/observed';
import { whyBeyond } from '@vethlab/planner';
import { useMemo } from 'react';
import { visibleText } from '../format/visible-text';
import { Section } from '../inspector/fields/section';
import { useLabStore } from '../lab';
import { beyondLine } from './beyond-words';

const nothing: readonly ObservedBeyond[] = [];
const title = 'In the kernel only';

/** In the inspector of a node: what somebody made in it that no lab file can say. Only to be read. */
export function BeyondSection({ namespace }: { readonly namespace: string }): React.JSX.Element | null {
  const beyond = useLabStore((lab) => namespaceOf(lab.observed, namespace)?.beyond ?? nothing);
  if (beyond.length === 0) return null;
  return (
    <Section title={title} count={beyond.length}>
      <BeyondLines entries={beyond.map((one) => ({ namespace: null, one }))} />
    </Section>
  );
}

/** Of all nodes, for the panel. */
export function useBeyond(): readonly Entry[] {
  const observed = useLabStore((lab) => lab.observed);
  return useMemo(
    () =>
      Object.entries(observed.namespaces).flatMap(([namespace, { beyond = nothing }]) =>
        beyond.map((one) => ({ namespace, one })),
      ),
    [observed],
  );
}

export function BeyondList({ entries }: { readonly entries: readonly Entry[] }): React.JSX.Element | null {
  if (entries.length === 0) return null;
  return (
    <section aria-label={title} className="border-t border-line px-3 py-2">
      <p className="mb-1">
        <span className="font-medium">{title}</span>{' '}
        <span className="text-muted">No lab file can say it. It stays as it is, and goes with its node.</span>
      </p>
      <BeyondLines entries={entries} />
    </section>
  );
}

interface Entry {
  /** Null where everybody knows which. */
  readonly namespace: string | null;
  readonly one: ObservedBeyond;
}

function BeyondLines({ entries }: { readonly entries: readonly Entry[] }): React.JSX.Element {
  return (
    <ul className="flex flex-col gap-1">
      {entries.map(({ namespace, one }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two of the same text are two, and the list is only read.
        <li key={`${namespace ?? ''} ${one.kind} ${one.text} ${index}`} className="text-xs">
          <span className="font-mono break-words">
            {namespace === null ? '' : `${visibleText(namespace)} · `}
            {beyondLine(one)}
          </span>{' '}
          <span className="text-muted">{whyBeyond[one.kind]}</span>
        </li>
      ))}
    </ul>
  );
}
