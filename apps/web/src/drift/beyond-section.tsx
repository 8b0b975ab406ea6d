import { beyondOf, type ObservedBeyond, ROOT_NAMESPACE } from '@vethlab/observed';
import { whyBeyond } from '@vethlab/planner';
import { useMemo } from 'react';
import { Section } from '../inspector/fields/section';
import { useLabStore } from '../lab';
import { beyondLine } from './beyond-words';
import { namespaceText } from './place-words';

const title = 'In the kernel only';
const whyInRoot = 'The root namespace is no node of the lab.';

/** In the inspector of a node or of the root namespace: what somebody made in it that no lab file can say. Only to be read. */
export function BeyondSection({ namespace }: { readonly namespace: string }): React.JSX.Element | null {
  const beyond = useLabStore((lab) => beyondOf(lab.observed, namespace));
  if (beyond.length === 0) return null;
  return (
    <Section title={title} count={beyond.length}>
      <BeyondLines entries={beyond.map((one) => ({ namespace, one }))} />
    </Section>
  );
}

/** Of all nodes and the root namespace, for the panel. */
export function useBeyond(): readonly Entry[] {
  const observed = useLabStore((lab) => lab.observed);
  return useMemo(
    () =>
      [...Object.keys(observed.namespaces), ROOT_NAMESPACE].flatMap((namespace) =>
        beyondOf(observed, namespace).map((one) => ({ namespace, one })),
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
        <span className="text-muted">No lab file can say it. It stays as it is until its node or the run ends.</span>
      </p>
      <BeyondLines entries={entries} named />
    </section>
  );
}

interface Entry {
  readonly namespace: string;
  readonly one: ObservedBeyond;
}

interface Lines {
  readonly entries: readonly Entry[];
  /** With the namespace of each, where nothing else says it. */
  readonly named?: boolean;
}

function BeyondLines({ entries, named = false }: Lines): React.JSX.Element {
  return (
    <ul className="flex flex-col gap-1">
      {entries.map(({ namespace, one }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two of the same text are two, and the list is only read.
        <li key={`${namespace} ${one.kind} ${one.text} ${index}`} className="text-xs">
          <span className="font-mono break-words">
            {named ? `${namespaceText(namespace)} · ` : ''}
            {beyondLine(one)}
          </span>{' '}
          <span className="text-muted">{namespace === ROOT_NAMESPACE ? whyInRoot : whyBeyond[one.kind]}</span>
        </li>
      ))}
    </ul>
  );
}
