import type { Topology } from '@vethlab/topology';
import { labActions } from '../../lab';
import { CommandLine } from '../../ui';
import { checkLabName } from '../fields/checks';
import { DraftField } from '../fields/draft-field';
import { Section } from '../fields/section';
import { Heading } from '../heading';
import { AddressThisLab } from './address-this-lab';
import { Problems } from './problems';

/** The lab as a whole, shown while nothing is selected. */
export function LabInspector({ topology }: { readonly topology: Topology }): React.JSX.Element {
  const nodes = Object.values(topology.nodes);
  const count = (kind: string): number => nodes.filter((node) => node.kind === kind).length;
  const facts: readonly (readonly [string, number])[] = [
    ['hosts', count('host')],
    ['routers', count('router')],
    ['switches', count('switch')],
    ...(count('internet') === 0 ? [] : [['ways out', count('internet')] as const]),
    ['links', topology.links.length],
    ['pings', topology.probes.length],
  ];
  return (
    <div className="min-h-0 flex-1 overflow-auto">
      <Heading title={topology.name} freeText what="Lab" />
      <Section title="Lab">
        <DraftField
          label="Name"
          value={topology.name}
          check={checkLabName}
          commit={(text) => labActions.edit({ type: 'set-lab-name', name: text.trim() })}
        />
        <dl className="grid grid-cols-[auto_1fr] gap-x-3 text-ui">
          {facts.map(([name, number]) => (
            <div key={name} className="contents">
              <dt className="text-muted">{name}</dt>
              <dd className="tabular-nums">{number}</dd>
            </div>
          ))}
        </dl>
      </Section>
      {nodes.length === 0 ? (
        <Section title="First steps">
          <ol className="flex list-decimal flex-col gap-2 pl-4">
            <li>
              Drag two hosts from the palette.
              <CommandLine command="ip netns add h1" />
            </li>
            <li>
              Drag from the + of one to the other: that is a link.
              <CommandLine command="ip link add eth0 netns h1 type veth peer name eth0 netns h2" />
            </li>
            <li>Accept the offered subnet with Enter.</li>
            <li>Select a host and press P to ping from it.</li>
          </ol>
        </Section>
      ) : (
        <AddressThisLab topology={topology} />
      )}
      <Problems />
    </div>
  );
}
