import type { LiveList } from '@vethlab/protocol';
import { memo } from 'react';
import { sectionCommands } from './commands';
import { Foldable } from './foldable';
import { type SectionId, toggleSection, useLiveView } from './live-view-store';
import { ProblemOfSection } from './problem-of-section';
import type { TableLook } from './table/column';
import { LiveTable } from './table/live-table';
import { matches, tableText } from './table/row-text';

export interface ListSectionProps<Row> {
  readonly id: SectionId;
  readonly title: string;
  readonly node: string;
  /** Undefined: not read yet. */
  readonly list: LiveList<Row> | undefined;
  readonly look: TableLook<Row>;
  /** What to do where there is nothing, for those who learn. */
  readonly empty: string;
}

function ListSectionNow<Row>({ id, title, node, list, look, empty }: ListSectionProps<Row>): React.JSX.Element {
  const open = useLiveView((view) => view.open.has(id));
  const filter = useLiveView((view) => view.filter);
  const command = sectionCommands[id](node);
  const text =
    list === undefined || list.rows.length === 0
      ? null
      : () =>
          tableText(
            list.rows.filter((row) => matches(row, look.columns, filter)),
            look.columns,
            command,
          );
  return (
    <Foldable
      title={title}
      count={list?.total ?? null}
      open={open}
      onToggle={() => toggleSection(id)}
      command={command}
      text={text}
    >
      {list === undefined ? (
        <p className="text-xs text-muted">Reading…</p>
      ) : (
        <Body title={title} list={list} look={look} filter={filter} empty={empty} />
      )}
    </Foldable>
  );
}

/** A section that is a list: interfaces, routes, sockets and so on. Drawn again only when its own list has changed. */
export const ListSection = memo(ListSectionNow) as typeof ListSectionNow;

interface BodyProps<Row> extends Pick<ListSectionProps<Row>, 'title' | 'look' | 'empty'> {
  readonly list: LiveList<Row>;
  readonly filter: string;
}

function Body<Row>({ title, list, look, filter, empty }: BodyProps<Row>): React.JSX.Element {
  return (
    <>
      {list.problem === null ? null : <ProblemOfSection problem={list.problem} />}
      {list.rows.length === 0 && list.problem === null ? (
        <p className="text-xs text-muted">{empty}</p>
      ) : (
        <LiveTable label={title} rows={list.rows} look={look} filter={filter} />
      )}
      {list.total > list.rows.length ? (
        <p className="text-xs text-muted">
          The first {list.rows.length} of {list.total}. The command shows all.
        </p>
      ) : null}
    </>
  );
}
