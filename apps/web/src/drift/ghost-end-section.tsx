import type { GhostEnd } from '@vethlab/planner';
import { appearanceOf } from '../canvas/derive/endpoint-state';
import { interfaceAt } from '../canvas/ghosts/interface-at';
import { Section } from '../inspector/fields/section';
import { StateGlyph } from '../inspector/fields/state-glyph';
import { useLabStore } from '../lab';
import { endText } from './place-words';

/** One end of a veth pair that the document does not have, as the kernel tells it. */
export function GhostEndSection({ end }: { readonly end: GhostEnd }): React.JSX.Element {
  const found = useLabStore((lab) => interfaceAt(end, lab.observed));
  const addresses = found?.addresses.filter(({ kernelMade }) => !kernelMade) ?? [];
  return (
    <Section title={`End ${endText(end)}`}>
      {found === null ? null : (
        <div className="flex items-center gap-2 text-xs">
          <StateGlyph appearance={appearanceOf(found)} />
          <span>
            admin {found.up ? 'up' : 'down'} · carrier {found.carrier ? 'yes' : 'no'} · MTU {found.mtu}
          </span>
        </div>
      )}
      {addresses.length === 0 ? (
        <p className="text-xs text-muted">No addresses.</p>
      ) : (
        <ul aria-label="Addresses">
          {addresses.map(({ address }) => (
            <li key={address} className="font-mono text-xs">
              {address}
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
