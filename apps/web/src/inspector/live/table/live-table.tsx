import { useEffect, useMemo, useState } from 'react';
import { visibleText } from '../../../format/visible-text';
import { classNames } from '../../../ui';
import { Changing, NewsContext } from './changing';
import type { LiveColumn, TableLook } from './column';
import { matches } from './row-text';

export interface LiveTableProps<Row> {
  readonly label: string;
  readonly rows: readonly Row[];
  readonly look: TableLook<Row>;
  readonly filter: string;
}

/** The rows of one section: in groups, those aside folded away, and those that changed lit up for a moment. */
export function LiveTable<Row>({ label, rows, look, filter }: LiveTableProps<Row>): React.JSX.Element {
  const [showAside, setShowAside] = useState(false);
  const found = useMemo(() => rows.filter((row) => matches(row, look.columns, filter)), [rows, look, filter]);
  const { aside } = look;
  const asideCount = aside === undefined ? 0 : found.filter(aside.is).length;
  const open = showAside || filter !== '';
  const shown = aside === undefined || open ? found : found.filter((row) => !aside.is(row));
  if (rows.length === 0) return <p className="text-xs text-muted">None.</p>;
  if (found.length === 0)
    return (
      <p className="text-xs text-muted">
        None of {rows.length} has “{filter}”.
      </p>
    );
  return (
    <>
      {shown.length === 0 ? null : (
        // With another filter other rows come, and none of them is news.
        <Rows key={`${filter} ${open}`} label={label} rows={shown} look={look} />
      )}
      {aside === undefined || asideCount === 0 || filter !== '' ? null : (
        <button
          type="button"
          aria-expanded={showAside}
          className="self-start rounded text-xs text-muted underline decoration-line-strong underline-offset-2 hover:text-text"
          onClick={() => setShowAside(!showAside)}
        >
          {showAside ? 'Hide' : 'Show'} {aside.words(asideCount)}
        </button>
      )}
    </>
  );
}

function Rows<Row>({ label, rows, look }: Omit<LiveTableProps<Row>, 'filter'>): React.JSX.Element {
  const [settled, setSettled] = useState(false);
  useEffect(() => setSettled(true), []);
  const columns = look.columns.filter((column) => column.unseen !== true);
  const groups = look.groupOf === undefined ? [['', rows] as const] : grouped(rows, look.groupOf);
  return (
    <NewsContext value={settled}>
      <table aria-label={label} className="w-full border-collapse text-xs">
        <thead>
          <tr className="text-left text-muted">
            {columns.map((column) => (
              <th
                key={column.title}
                scope="col"
                className={classNames('py-0.5 pr-2 font-normal last:pr-0', column.atEnd === true && 'text-right')}
              >
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        {groups.map(([group, members]) => (
          <tbody key={group}>
            {group === '' ? null : (
              <tr>
                <th colSpan={columns.length} scope="rowgroup" className="pt-2 pb-0.5 text-left font-medium">
                  {visibleText(group)}
                </th>
              </tr>
            )}
            {members.map((row) => (
              <TableRow key={look.keyOf(row)} row={row} columns={columns} look={look} />
            ))}
          </tbody>
        ))}
      </table>
    </NewsContext>
  );
}

interface TableRowProps<Row> {
  readonly row: Row;
  readonly columns: readonly LiveColumn<Row>[];
  readonly look: TableLook<Row>;
}

function TableRow<Row>({ row, columns, look }: TableRowProps<Row>): React.JSX.Element {
  const faint = look.isFaint?.(row) === true && 'text-muted';
  const below = look.below?.(row) ?? '';
  return (
    <>
      <tr className={classNames('border-t border-line align-top', below === '' && 'hover:bg-hover', faint)}>
        {columns.map((column) => (
          <td
            key={column.title}
            className={classNames(
              'py-1 pr-2 tabular-nums [overflow-wrap:anywhere] last:pr-0',
              column.mono === true && 'font-mono',
              column.atEnd === true && 'text-right',
            )}
          >
            <Cell column={column} row={row} />
          </td>
        ))}
      </tr>
      {below === '' ? null : (
        <tr>
          <td colSpan={columns.length} className="pb-1.5 text-muted [overflow-wrap:anywhere]">
            <Changing text={below}>{visibleText(below)}</Changing>
          </td>
        </tr>
      )}
    </>
  );
}

function Cell<Row>({ column, row }: { readonly column: LiveColumn<Row>; readonly row: Row }): React.JSX.Element {
  const content = column.cell === undefined ? visibleText(column.text(row)) : column.cell(row);
  if (column.flash === null) return <>{content}</>;
  return <Changing text={(column.flash ?? column.text)(row)}>{content}</Changing>;
}

/** Groups in the order in which they begin. */
function grouped<Row>(rows: readonly Row[], groupOf: (row: Row) => string): readonly (readonly [string, Row[]])[] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const name = groupOf(row);
    const members = groups.get(name);
    if (members === undefined) groups.set(name, [row]);
    else members.push(row);
  }
  return [...groups];
}
