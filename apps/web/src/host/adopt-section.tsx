import { useState } from 'react';
import { Section } from '../inspector/fields/section';
import { useLabs } from '../labs/use-labs';
import { Button, CommandLine } from '../ui';
import { AdoptDialog } from './adopt-dialog';

export interface AdoptSectionProps {
  readonly namespace: string;
  readonly onAdopted: () => Promise<void>;
}

/** A named namespace that is nobody's: the choice of the lab that shall have it. */
export function AdoptSection({ namespace, onAdopted }: AdoptSectionProps): React.JSX.Element {
  const { labs } = useLabs();
  const [chosen, setChosen] = useState<string | null>(null);
  const [asking, setAsking] = useState(false);
  const usable = (labs ?? []).filter(({ broken }) => broken === undefined);
  const lab = usable.find(({ id }) => id === chosen) ?? usable[0];
  if (labs === null) return <Section title="Give it to a lab" />;
  return (
    <Section title="Give it to a lab">
      {lab === undefined ? (
        <p className="text-muted">There is no lab yet that could have it.</p>
      ) : (
        <>
          <label className="flex flex-col gap-1 text-xs text-muted">
            Lab
            <select
              value={lab.id}
              onChange={(event) => setChosen(event.currentTarget.value)}
              className="h-8 rounded-md border border-line bg-surface px-2 text-ui text-text"
            >
              {usable.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          </label>
          <div className="flex flex-wrap items-center gap-2">
            <Button onClick={() => setAsking(true)}>Adopt…</Button>
            <CommandLine command={`sudo npx vethlab adopt ${lab.id} ${namespace}`} />
          </div>
          <AdoptDialog
            adoption={asking ? { labId: lab.id, labName: lab.name, namespace } : null}
            onClose={() => setAsking(false)}
            onAdopted={onAdopted}
          />
        </>
      )}
    </Section>
  );
}
