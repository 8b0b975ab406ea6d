import { addressLab, type Topology } from '@vethlab/topology';
import { useState } from 'react';
import { Button, Segmented } from '../../ui';
import { act } from '../fields/act';
import { Section } from '../fields/section';

type Families = '4' | '6' | 'both';

const families: Readonly<Record<Families, readonly (4 | 6)[]>> = { '4': [4], '6': [6], both: [4, 6] };

/** Fills in an address for every interface that has none, one subnet for each segment. */
export function AddressThisLab({ topology }: { readonly topology: Topology }): React.JSX.Element {
  const [chosen, setChosen] = useState<Families>('4');
  const [told, setTold] = useState<string | null>(null);
  const run = async (): Promise<void> => {
    const outcome = await act(addressLab(topology, families[chosen]));
    if (outcome.ok) setTold(outcome.summary);
  };
  return (
    <Section title="Address this lab">
      <p className="text-xs text-muted">
        Gives a subnet to each segment and an address to each interface that has none.
      </p>
      <div className="flex items-center gap-2">
        <Segmented<Families>
          label="Address families"
          value={chosen}
          onValueChange={setChosen}
          items={[
            { value: '4', label: 'IPv4' },
            { value: '6', label: 'IPv6' },
            { value: 'both', label: 'Both' },
          ]}
        />
        <Button onClick={() => void run()}>Address this lab</Button>
      </div>
      <p aria-live="polite" className="text-xs text-muted">
        {told}
      </p>
    </Section>
  );
}
