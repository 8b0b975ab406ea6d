import { namespaceOf, type ObservedInterface, type ObservedRoute, ROOT_NAMESPACE } from '@vethlab/observed';
import { appearanceOf } from '../canvas/derive/endpoint-state';
import { ownAddresses } from '../canvas/ghosts/interface-at';
import { visibleText } from '../format/visible-text';
import { ObservedRoutes } from '../inspector/fields/observed-routes';
import { Section } from '../inspector/fields/section';
import { StateGlyph } from '../inspector/fields/state-glyph';
import { useLabStore } from '../lab';
import type { LabState } from '../lab/lab-state';
import { BeyondSection } from './beyond-section';
import { DifferenceRow } from './difference-row';
import { endText } from './place-words';
import { useDifferences } from './use-differences';

const nothing: Readonly<Record<string, ObservedInterface>> = {};
const noRoutes: readonly ObservedRoute[] = [];

/** What is in a namespace that the document does not have: interfaces, routes, and each thing that can be acted upon. */
export function NamespaceContent({ namespace }: { readonly namespace: string }): React.JSX.Element {
  const interfaces = useLabStore((lab: LabState) =>
    namespace === ROOT_NAMESPACE
      ? (lab.observed.root ?? nothing)
      : (namespaceOf(lab.observed, namespace)?.interfaces ?? nothing),
  );
  const routes = useLabStore((lab) => namespaceOf(lab.observed, namespace)?.routes ?? noRoutes);
  const inside = useDifferences().filter(
    ({ places, ghost }) => places.includes(namespace) && (ghost === null || places.length > 1),
  );
  const list = Object.values(interfaces).filter(({ type }) => type !== 'loopback');
  return (
    <>
      <Section title="Interfaces" count={list.length}>
        {list.length === 0 ? <p className="text-xs text-muted">None but its own loopback.</p> : null}
        <ul className="flex flex-col gap-2">
          {list.map((one) => (
            <InterfaceLine key={one.ifname} interface={one} />
          ))}
        </ul>
      </Section>
      <ObservedRoutes routes={routes} />
      <BeyondSection namespace={namespace} />
      {inside.length === 0 ? null : (
        <Section title="Not in the lab" count={inside.length}>
          <ul className="flex flex-col gap-2">
            {inside.map((difference) => (
              <DifferenceRow key={difference.id} difference={difference} narrow />
            ))}
          </ul>
        </Section>
      )}
    </>
  );
}

function InterfaceLine({ interface: one }: { readonly interface: ObservedInterface }): React.JSX.Element {
  return (
    <li className="flex gap-2">
      <StateGlyph appearance={appearanceOf(one)} />
      <div className="min-w-0">
        <p className="font-mono text-xs break-words">
          {visibleText(one.ifname)} <span className="font-sans text-muted">{one.type}</span>
        </p>
        <p className="text-xs text-muted">
          {[
            one.up ? 'up' : 'down',
            ...(one.master === null ? [] : [`port of ${visibleText(one.master)}`]),
            ...(one.peer === null ? [] : [`to ${endText(one.peer)}`]),
            ...ownAddresses(one),
          ].join(' · ')}
        </p>
      </div>
    </li>
  );
}
