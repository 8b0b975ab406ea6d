import type { FeatureName } from '@vethlab/observed';
import type { Edit, Impairment } from '@vethlab/topology';
import { labActions } from '../../lab';
import { DraftField } from '../fields/draft-field';
import { checkValue, type FieldKind, featureOf, rareFields, usualFields, withValue } from './impairment-fields';

/** What happens to packets that leave one interface. */
export interface Direction {
  readonly node: Extract<Edit, { type: 'set-impairment' }>['node'];
  readonly ifname: Extract<Edit, { type: 'set-impairment' }>['ifname'];
  readonly impairment: Impairment | undefined;
}

export interface ImpairmentValuesProps {
  /** One, or two beside each other. */
  readonly directions: readonly Direction[];
  /** Over each direction; null: there is one only, and it needs no name. */
  readonly heading: ((direction: Direction) => React.ReactNode) | null;
  /** Between the usual fields and the rare ones. */
  readonly children?: React.ReactNode;
  readonly missing: ReadonlySet<FeatureName>;
}

/** The fields of an impairment: the usual ones in sight, the rare ones folded until one of them is set. */
export function ImpairmentValues(props: ImpairmentValuesProps): React.JSX.Element {
  const { directions, heading, children, missing } = props;
  const hasRare = rareFields.some(({ field }) =>
    directions.some(({ impairment }) => impairment?.[field] !== undefined),
  );
  const rows = (kinds: readonly FieldKind[]) =>
    kinds.flatMap((kind) => [
      <span key={kind.field} className="flex h-8 items-center text-xs text-muted">
        {kind.label}
      </span>,
      ...directions.map((direction) => (
        <Value
          key={`${kind.field} ${direction.node}:${direction.ifname}`}
          kind={kind}
          direction={direction}
          missing={missing}
        />
      )),
    ]);
  const columns = directions.length === 1 ? 'grid-cols-[4.25rem_1fr]' : 'grid-cols-[4.25rem_1fr_1fr]';
  const grid = `grid ${columns} items-start gap-x-2 gap-y-1.5`;
  return (
    <>
      <div className={grid}>
        {heading === null ? null : (
          <>
            <span />
            {directions.map((direction) => (
              <span
                key={`${direction.node}:${direction.ifname}`}
                className="truncate text-xs text-muted"
                title={`What leaves ${direction.node}:${direction.ifname}`}
              >
                {heading(direction)}
              </span>
            ))}
          </>
        )}
        {rows(usualFields)}
      </div>
      {children}
      <details open={hasRare}>
        <summary className="cursor-default rounded text-xs text-muted hover:text-text">
          Duplication, reordering, corruption, queue
        </summary>
        <div className={`mt-1 ${grid}`}>{rows(rareFields)}</div>
      </details>
    </>
  );
}

interface ValueProps {
  readonly kind: FieldKind;
  readonly direction: Direction;
  readonly missing: ReadonlySet<FeatureName>;
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
