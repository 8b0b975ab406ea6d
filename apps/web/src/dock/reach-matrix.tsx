// biome-ignore-all lint/a11y/noNoninteractiveElementToInteractiveRole: a table that is walked with the arrow keys is a grid.
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active cell.
import type { NodeName } from '@vethlab/topology';
import { type KeyboardEvent, memo, type PointerEvent, useId, useState } from 'react';
import { classNames } from '../ui';
import { viewActions } from '../view';
import { type Pair, pairShapes, pairText } from './reach-table';

/** Up to here every cell has room for its sign at reading size; beyond it the cells shrink and the colour carries. */
const largeCellsUpTo = 32;

const cellColours: Readonly<Record<Pair['state'], string>> = {
  self: 'bg-sunken',
  untried: 'text-muted',
  reached: 'bg-up-soft text-up',
  partly: 'bg-drift-soft text-drift',
  failed: 'bg-failing-soft text-failing font-bold',
};

/** Small cells are read as a picture: what fails stands out, what answers steps back. */
const smallCellColours: typeof cellColours = {
  ...cellColours,
  partly: 'bg-drift text-on-accent',
  failed: 'bg-failing text-on-accent font-bold',
};

/**
 * Rows ping columns. One stop for the Tab key, arrows move within (the grid pattern of WAI-ARIA); what a cell means is
 * written below the grid, where it can be read from afar, and not in a bubble over its neighbours.
 */
export function ReachMatrix({ rows }: { readonly rows: readonly (readonly Pair[])[] }): React.JSX.Element {
  const id = useId();
  const [active, setActive] = useState({ row: 0, column: Math.min(1, rows.length - 1) });
  const pair = rows[active.row]?.[active.column];
  const small = rows.length > largeCellsUpTo;

  const key = (event: KeyboardEvent): void => {
    const last = rows.length - 1;
    const moves = new Map([
      ['ArrowUp', { row: active.row - 1, column: active.column }],
      ['ArrowDown', { row: active.row + 1, column: active.column }],
      ['ArrowLeft', { row: active.row, column: active.column - 1 }],
      ['ArrowRight', { row: active.row, column: active.column + 1 }],
      ['Home', { row: active.row, column: 0 }],
      ['End', { row: active.row, column: last }],
    ]);
    const next = moves.get(event.key);
    if (event.key === 'Enter' && pair !== undefined) {
      // The nodes of a report are names of the document.
      viewActions.reveal({ nodes: [pair.from as NodeName, pair.to as NodeName] });
    } else if (next !== undefined) {
      const row = Math.max(0, Math.min(last, next.row));
      const column = Math.max(0, Math.min(last, next.column));
      setActive({ row, column });
      document.getElementById(`${id}-${row}-${column}`)?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const point = (event: PointerEvent): void => {
    const cell = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-row]') : null;
    if (cell === null) return;
    setActive({ row: Number(cell.dataset.row), column: Number(cell.dataset.column) });
  };

  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="min-h-0 flex-1 overflow-auto px-3 pb-2">
        <table
          role="grid"
          aria-label="Reachability: rows ping columns"
          aria-activedescendant={`${id}-${active.row}-${active.column}`}
          aria-describedby={`${id}-text`}
          tabIndex={0}
          data-own-keys
          onKeyDown={key}
          onPointerOver={point}
          className="group border-separate border-spacing-px outline-none"
        >
          <thead>
            <tr>
              <th className="sticky top-0 left-0 z-[2] bg-surface text-xs font-normal text-muted">from ↓ to →</th>
              {rows.map((row, column) => (
                <th
                  key={row[0]?.from}
                  scope="col"
                  className={classNames(
                    'sticky top-0 z-[1] bg-surface pt-1 align-bottom font-mono font-normal [writing-mode:sideways-lr]',
                    small ? 'text-[0.625rem] leading-3' : 'text-xs leading-6',
                    column === active.column ? 'text-accent' : 'text-muted',
                  )}
                >
                  {row[0]?.from}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => (
              <MatrixRow
                key={row[0]?.from}
                id={id}
                row={row}
                index={index}
                small={small}
                activeColumn={index === active.row ? active.column : null}
              />
            ))}
          </tbody>
        </table>
      </div>
      <p id={`${id}-text`} aria-live="polite" className="shrink-0 truncate border-t border-line px-3 py-1 tabular-nums">
        {pair === undefined ? '' : pairText(pair)}
      </p>
    </div>
  );
}

interface MatrixRowProps {
  readonly id: string;
  readonly row: readonly Pair[];
  readonly index: number;
  readonly small: boolean;
  /** Null: the active cell is in another row. Keeps all other rows from being drawn again. */
  readonly activeColumn: number | null;
}

const MatrixRow = memo(function MatrixRow({ id, row, index, small, activeColumn }: MatrixRowProps): React.JSX.Element {
  return (
    <tr>
      <th
        scope="row"
        className={classNames(
          'sticky left-0 z-[1] bg-surface pr-2 text-right font-mono font-normal whitespace-nowrap',
          small ? 'text-[0.625rem] leading-3' : 'text-xs',
          activeColumn === null ? 'text-muted' : 'text-accent',
        )}
      >
        {row[0]?.from}
      </th>
      {row.map((pair, column) => (
        <td
          key={pair.to}
          id={`${id}-${index}-${column}`}
          role="gridcell"
          // Ten thousand sentences would be made for nobody: only the active cell is read out.
          aria-label={column === activeColumn ? pairText(pair) : undefined}
          aria-selected={column === activeColumn}
          data-row={index}
          data-column={column}
          className={classNames(
            'cursor-default rounded-sm text-center',
            small ? 'size-3 min-w-3 text-[0.5rem] leading-3' : 'size-6 min-w-6 text-xs leading-6',
            (small ? smallCellColours : cellColours)[pair.state],
            column === activeColumn && 'outline-2 outline-muted group-focus-visible:outline-accent',
          )}
        >
          {small && pair.state === 'reached' ? '·' : pairShapes[pair.state]}
        </td>
      ))}
    </tr>
  );
}, looksTheSame);

/** A new sweep brings new RTTs to every row; what is drawn of a row without the active cell are its states. */
function looksTheSame(before: MatrixRowProps, now: MatrixRowProps): boolean {
  return (
    before.activeColumn === null &&
    now.activeColumn === null &&
    before.id === now.id &&
    before.index === now.index &&
    before.small === now.small &&
    before.row.length === now.row.length &&
    before.row.every((pair, at) => pair.state === now.row[at]?.state && pair.to === now.row[at]?.to) &&
    before.row[0]?.from === now.row[0]?.from
  );
}
