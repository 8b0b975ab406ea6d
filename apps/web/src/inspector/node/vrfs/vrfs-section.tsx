import {
  type Ifname,
  isIfnameTaken,
  type Node,
  type NodeName,
  parseIfname,
  type VrfName,
  vrfEntries,
} from '@vethlab/topology';
import { Plus } from 'lucide-react';
import { useLabStore } from '../../../lab';
import { Button } from '../../../ui';
import { act } from '../../fields/act';
import { MissingNote } from '../../fields/missing-note';
import { Section } from '../../fields/section';
import { useMissing } from '../../fields/use-missing';
import { VrfCard } from './vrf-card';

/** The routing domains of a node: each has interfaces, a table and routes of its own, and addresses may overlap between them. */
export function VrfsSection({ name, node }: { readonly name: NodeName; readonly node: Node }): React.JSX.Element {
  const vrfs = vrfEntries(node);
  const missing = useMissing('vrf');
  const features = useLabStore((lab) => lab.features);
  return (
    <Section
      title="VRFs"
      count={vrfs.length}
      action={
        <Button
          size="small"
          variant="quiet"
          aria-disabled={missing === null ? undefined : true}
          title={missing ?? undefined}
          onClick={() => {
            if (missing === null) void act({ type: 'set-vrf', node: name, name: nextVrfName(node) });
          }}
        >
          <Plus className="size-3.5" aria-hidden="true" /> Add VRF
        </Button>
      }
    >
      {vrfs.length > 0 ? null : missing === null ? (
        <p className="text-xs text-muted">None: all interfaces route by one table.</p>
      ) : (
        <MissingNote features={features} names={['vrf']} />
      )}
      {vrfs.length === 0 || missing === null ? null : (
        <p className="text-xs text-drift">
          <span aria-hidden="true">△ </span>
          {missing} VRFs are kept in the lab, and their interfaces route by the main table here.
        </p>
      )}
      {vrfs.map(([vrfName, vrf]) => (
        <VrfCard key={vrfName} node={name} record={node} name={vrfName} vrf={vrf} />
      ))}
    </Section>
  );
}

/** vrf1, vrf2, … */
function nextVrfName(node: Node): VrfName {
  for (let number = 1; ; number += 1) {
    const parsed = parseIfname(`vrf${number}`);
    if (parsed.ok && !isIfnameTaken(node, parsed.value)) return parsed.value as Ifname;
  }
}
