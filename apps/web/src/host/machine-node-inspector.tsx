import { namespaceOf } from '@vethlab/observed';
import type { HostReply } from '@vethlab/protocol';
import type { LucideIcon } from 'lucide-react';
import { navigate } from '../app/route';
import { visibleText } from '../format/visible-text';
import { ObservedRoutes } from '../inspector/fields/observed-routes';
import { Section } from '../inspector/fields/section';
import { Heading } from '../inspector/heading';
import { Button } from '../ui';
import { AdoptSection } from './adopt-section';
import type { MachineNode } from './machine-drawing';
import { MachineInterface } from './machine-interface';
import { canBeAdopted, kindOf, nameOf, whatItIs } from './machine-words';

export interface MachineNodeInspectorProps {
  /** Its name on the drawing. */
  readonly id: string;
  readonly node: MachineNode;
  readonly icon: LucideIcon;
  readonly found: HostReply;
  readonly onAdopted: () => Promise<void>;
}

/** A namespace, or a bridge in one: what it is, what is in it, and for a named one that is nobody's how a lab gets it. */
export function MachineNodeInspector({
  id,
  node,
  icon,
  found,
  onAdopted,
}: MachineNodeInspectorProps): React.JSX.Element {
  const { namespace, bridge } = node;
  const inside = namespaceOf(found.observed, namespace.label);
  const interfaces = Object.values(inside?.interfaces ?? {}).filter(
    ({ ifname, master }) => bridge === null || ifname === bridge || master === bridge,
  );
  const routes = bridge === null ? (inside?.routes ?? []) : [];
  const notDrawn = found.leftOut.filter((one) => one.namespace === id);
  const { lab } = namespace;
  return (
    <div className="min-h-0 flex-1 overflow-auto">
      <Heading
        icon={icon}
        title={bridge === null ? nameOf(namespace) : visibleText(bridge)}
        freeText={bridge === null && namespace.kind === 'host'}
        what={kindOf(node)}
      />
      <Section title="What this is">
        {bridge === null ? (
          whatItIs(namespace).map((line) => <p key={line}>{line}</p>)
        ) : (
          <p>A bridge in {nameOf(namespace)}, with its ports.</p>
        )}
        {lab === null ? null : (
          <div>
            <Button size="small" onClick={() => navigate({ screen: 'lab', labId: lab })}>
              Open the lab
            </Button>
          </div>
        )}
      </Section>
      {canBeAdopted(node) ? <AdoptSection namespace={namespace.label} onAdopted={onAdopted} /> : null}
      <Section title={bridge === null ? 'Interfaces' : 'Bridge and ports'} count={interfaces.length}>
        {interfaces.length === 0 ? <p className="text-xs text-muted">None.</p> : null}
        <ul className="flex flex-col gap-2">
          {interfaces.map((one) => (
            <MachineInterface key={one.ifname} interface={one} />
          ))}
        </ul>
      </Section>
      <ObservedRoutes routes={routes} />
      {notDrawn.length === 0 ? null : (
        <Section title="Not on the drawing" count={notDrawn.length}>
          <ul className="flex flex-col gap-1 text-xs">
            {notDrawn.map(({ what, why }) => (
              <li key={what}>
                {visibleText(what)} <span className="text-muted">{visibleText(why)}</span>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </div>
  );
}
