import { missingFeatures } from '@vethlab/observed';
import { type Edit, type Impairment, interfaceOf, type Link, splitEndpoint, type Topology } from '@vethlab/topology';
import { ArrowLeft, ArrowRight, ChevronDown } from 'lucide-react';
import { type LabState, labActions, useLabStore } from '../../lab';
import { Button, IconButton, Menu, MenuItem, MenuSeparator } from '../../ui';
import { act } from '../fields/act';
import { DraftField } from '../fields/draft-field';
import { MissingNote } from '../fields/missing-note';
import { Section } from '../fields/section';
import { checkValue, type FieldKind, featureOf, rareFields, usualFields, withValue } from './impairment-fields';
import { presets } from './impairment-presets';

const selectFeatures = (lab: LabState) => lab.features;

interface Direction {
  readonly node: Extract<Edit, { type: 'set-impairment' }>['node'];
  readonly ifname: Extract<Edit, { type: 'set-impairment' }>['ifname'];
  readonly impairment: Impairment | undefined;
}

/** What happens to packets on the way, in both directions beside each other: of each, what leaves the interface at its beginning. */
export function ImpairmentSection({
  link,
  topology,
}: {
  readonly link: Link;
  readonly topology: Topology;
}): React.JSX.Element | null {
  const features = useLabStore(selectFeatures);
  const missing = missingFeatures(features);
  const [first, second] = link.endpoints.map((endpoint) => directionFrom(endpoint, topology));
  if (first == null || second == null) return null;
  const hasRare = rareFields.some(
    ({ field }) => first.impairment?.[field] !== undefined || second.impairment?.[field] !== undefined,
  );
  const rows = (kinds: readonly FieldKind[]) =>
    kinds.map((kind) => <ValueRow key={kind.field} kind={kind} directions={[first, second]} missing={missing} />);
  const isImpaired = first.impairment !== undefined || second.impairment !== undefined;
  return (
    <Section title="On the way" action={<Presets first={first} second={second} canClear={isImpaired} />}>
      <div className="grid grid-cols-[4.25rem_1fr_auto_1fr] items-start gap-x-1 gap-y-1.5">
        <span />
        <DirectionName from={first} to={second} />
        <span />
        <DirectionName from={second} to={first} />
        {rows(usualFields)}
      </div>
      <CopyButtons first={first} second={second} />
      <details open={hasRare}>
        <summary className="cursor-default rounded text-xs text-muted hover:text-text">
          Duplication, reordering, corruption, queue
        </summary>
        <div className="mt-1 grid grid-cols-[4.25rem_1fr_auto_1fr] items-start gap-x-1 gap-y-1.5">
          {rows(rareFields)}
        </div>
      </details>
      <MissingNote features={features} names={['netem', 'tbf']} />
    </Section>
  );
}

function directionFrom(endpoint: Link['endpoints'][number], topology: Topology): Direction | null {
  const parts = splitEndpoint(endpoint);
  const found = parts === null ? null : interfaceOf(topology, parts.node, parts.ifname);
  return parts === null || found === null ? null : { ...parts, impairment: found.impairment };
}

function DirectionName({ from, to }: { readonly from: Direction; readonly to: Direction }): React.JSX.Element {
  return (
    <span className="truncate text-xs text-muted" title={`What leaves ${from.node}:${from.ifname}`}>
      {from.node} → {to.node}
    </span>
  );
}

interface ValueRowProps {
  readonly kind: FieldKind;
  readonly directions: readonly [Direction, Direction];
  readonly missing: ReturnType<typeof missingFeatures>;
}

function ValueRow({ kind, directions, missing }: ValueRowProps): React.JSX.Element {
  const [first, second] = directions;
  return (
    <>
      <span className="flex h-8 items-center text-xs text-muted">{kind.label}</span>
      <Value kind={kind} direction={first} missing={missing} />
      <span className="w-1" />
      <Value kind={kind} direction={second} missing={missing} />
    </>
  );
}

interface ValueProps {
  readonly kind: FieldKind;
  readonly direction: Direction;
  readonly missing: ValueRowProps['missing'];
}

function Value({ kind, direction, missing }: ValueProps): React.JSX.Element {
  const { node, ifname, impairment } = direction;
  const value = impairment?.[kind.field];
  return (
    <DraftField
      label={`${kind.label} of what leaves ${node}:${ifname}`}
      labelHidden
      mono
      placeholder={kind.placeholder}
      // What cannot be done here can still be taken out of the lab.
      disabled={value === undefined && missing.has(featureOf(kind.field, impairment))}
      value={value === undefined ? '' : kind.format(value)}
      check={checkValue(kind, impairment)}
      commit={(text) =>
        labActions.edit({ type: 'set-impairment', node, ifname, impairment: withValue(impairment, kind, text) })
      }
    />
  );
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
