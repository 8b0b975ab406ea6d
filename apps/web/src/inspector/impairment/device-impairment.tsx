import { missingFeatures } from '@vethlab/observed';
import { type LabState, useLabStore } from '../../lab';
import { MissingNote } from '../fields/missing-note';
import { type Direction, ImpairmentValues } from './impairment-values';

const selectFeatures = (lab: LabState) => lab.features;

/** What happens to packets that leave an interface without a link of its own: a tunnel, a VLAN. Open when something does. */
export function DeviceImpairment(direction: Direction): React.JSX.Element {
  const features = useLabStore(selectFeatures);
  return (
    <details open={direction.impairment !== undefined}>
      <summary className="cursor-default rounded text-xs text-muted hover:text-text">On the way</summary>
      <div className="mt-1 flex flex-col gap-2">
        <ImpairmentValues directions={[direction]} heading={null} missing={missingFeatures(features)} />
        <MissingNote features={features} names={['netem', 'tbf']} />
      </div>
    </details>
  );
}
