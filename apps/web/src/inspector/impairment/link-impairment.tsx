import { missingFeatures } from '@vethlab/observed';
import { type Edit, type Impairment, interfaceOf, type Link, splitEndpoint, type Topology } from '@vethlab/topology';
import { ArrowLeft, ArrowRight, ChevronDown } from 'lucide-react';
import { type LabState, useLabStore } from '../../lab';
import { Button, IconButton, Menu, MenuItem, MenuSeparator } from '../../ui';
import { act } from '../fields/act';
import { MissingNote } from '../fields/missing-note';
import { Section } from '../fields/section';
import { presets } from './impairment-presets';
import { type Direction, ImpairmentValues } from './impairment-values';

const selectFeatures = (lab: LabState) => lab.features;

/** What happens to packets on the way, in both directions beside each other: of each, what leaves the interface at its beginning. */
export function LinkImpairment({
  link,
  topology,
}: {
  readonly link: Link;
  readonly topology: Topology;
}): React.JSX.Element | null {
  const features = useLabStore(selectFeatures);
  const [first, second] = link.endpoints.map((endpoint) => directionFrom(endpoint, topology));
  if (first == null || second == null) return null;
  const isImpaired = first.impairment !== undefined || second.impairment !== undefined;
  return (
    <Section title="On the way" action={<Presets first={first} second={second} canClear={isImpaired} />}>
      <ImpairmentValues
        directions={[first, second]}
        heading={(from) => `${from.node} → ${from === first ? second.node : first.node}`}
        missing={missingFeatures(features)}
      >
        <CopyButtons first={first} second={second} />
      </ImpairmentValues>
      <MissingNote features={features} names={['netem', 'tbf']} />
    </Section>
  );
}

function directionFrom(endpoint: Link['endpoints'][number], topology: Topology): Direction | null {
  const parts = splitEndpoint(endpoint);
  const found = parts === null ? null : interfaceOf(topology, parts.node, parts.ifname);
  return parts === null || found === null ? null : { ...parts, impairment: found.impairment };
}

function CopyButtons({ first, second }: { readonly first: Direction; readonly second: Direction }) {
  const copy = (from: Direction, to: Direction) =>
    void act({
      type: 'set-impairment',
      node: to.node,
      ifname: to.ifname,
      impairment: from.impairment ?? null,
    });
  return (
    <div className="flex items-center gap-2 text-xs text-muted">
      <span className="flex-1">Copy to the other direction</span>
      <IconButton label={`Copy what leaves ${second.node} to ${first.node}`} onClick={() => copy(second, first)}>
        <ArrowLeft />
      </IconButton>
      <IconButton label={`Copy what leaves ${first.node} to ${second.node}`} onClick={() => copy(first, second)}>
        <ArrowRight />
      </IconButton>
    </div>
  );
}

interface PresetsProps {
  readonly first: Direction;
  readonly second: Direction;
  readonly canClear: boolean;
}

function Presets({ first, second, canClear }: PresetsProps): React.JSX.Element {
  const set = (down: Impairment | null, up: Impairment | null) => {
    const edits = (
      [
        [first, down],
        [second, up],
      ] as const
    ).map(([{ node, ifname }, impairment]): Edit => ({ type: 'set-impairment', node, ifname, impairment }));
    void act({ type: 'batch', edits });
  };
  return (
    <Menu
      align="end"
      trigger={
        <Button size="small" variant="quiet">
          Presets <ChevronDown className="size-3.5" aria-hidden="true" />
        </Button>
      }
    >
      {presets.map(({ name, down, up }) => (
        <MenuItem key={name} onSelect={() => set(down, up)}>
          {name}
        </MenuItem>
      ))}
      <MenuSeparator />
      <MenuItem disabled={!canClear} onSelect={() => set(null, null)}>
        Nothing on the way
      </MenuItem>
    </Menu>
  );
}
