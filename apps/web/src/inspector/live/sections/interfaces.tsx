import type { LiveCounters, LiveInterface, LiveList } from '@vethlab/protocol';
import { appearanceOf } from '../../../canvas/derive/endpoint-state';
import { formatRate } from '../../../canvas/derive/rate';
import { formatCount } from '../../../format/numbers';
import { visibleText } from '../../../format/visible-text';
import { StateGlyph } from '../../fields/state-glyph';
import type { TableLook } from '../table/column';
import { formatBytes } from './format-bytes';

/** An interface with its counters, when they are known. */
export interface InterfaceRow extends LiveInterface {
  readonly counters: LiveCounters | null;
}

/** Counters come by themselves, since they change every second and the rest hardly ever. */
export function withCounters(
  interfaces: LiveList<LiveInterface> | undefined,
  counters: LiveList<LiveCounters> | undefined,
): LiveList<InterfaceRow> | undefined {
  if (interfaces === undefined) return undefined;
  const byIfindex = new Map(counters?.rows.map((row) => [row.ifindex, row]));
  return {
    ...interfaces,
    rows: interfaces.rows.map((row) => ({ ...row, counters: byIfindex.get(row.ifindex) ?? null })),
  };
}

/** Admin state, carrier and operstate, each by its own word; and that of a bridge's port. */
function states(row: InterfaceRow): readonly string[] {
  const port = row.portState === null ? [] : [row.portState];
  return [row.up ? 'up' : 'down', row.carrier ? 'carrier' : 'no carrier', row.operstate, ...port];
}

function about(row: InterfaceRow): string {
  return [
    row.type,
    `mtu ${row.mtu}`,
    ...(row.mac === null ? [] : [row.mac]),
    ...(row.peer === null ? [] : [`peer ${row.peer}`]),
    ...(row.master === null ? [] : [`${row.portState === null ? 'in' : 'port of'} ${row.master}`]),
    ...(row.qdisc === null || row.qdisc === 'noqueue' ? [] : [`qdisc ${row.qdisc}`]),
  ].join(' · ');
}

function troubles(row: InterfaceRow): string {
  const c = row.counters;
  if (c === null) return '';
  const words = [
    [c.rxErrors + c.txErrors, 'errors'],
    [c.rxDropped + c.txDropped, 'dropped'],
  ] as const;
  return words.flatMap(([count, word]) => (count === 0 ? [] : [`${count} ${word}`])).join(', ');
}

function Traffic({ counters: c }: InterfaceRow): React.JSX.Element {
  if (c === null) return <span className="text-muted">–</span>;
  return (
    <>
      <span className="block whitespace-nowrap">↓ {formatRate(c.rxBitsPerSecond ?? 0)}</span>
      <span className="block whitespace-nowrap">↑ {formatRate(c.txBitsPerSecond ?? 0)}</span>
      <span className="block whitespace-nowrap text-muted">
        {formatBytes(c.rxBytes)} / {formatBytes(c.txBytes)}
      </span>
      <span className="block whitespace-nowrap text-muted">
        {formatCount(c.rxPackets)} / {formatCount(c.txPackets)} packets
      </span>
    </>
  );
}

const total = (of: (counters: LiveCounters) => number) => (row: InterfaceRow) =>
  row.counters === null ? '' : String(of(row.counters));

export const interfaceLook: TableLook<InterfaceRow> = {
  keyOf: (row) => String(row.ifindex),
  below: about,
  columns: [
    {
      title: 'Interface',
      text: (row) => row.ifname,
      mono: true,
      cell: (row) => (
        <span className="flex items-start gap-1.5 font-semibold">
          <StateGlyph appearance={appearanceOf(row)} />
          {visibleText(row.ifname)}
        </span>
      ),
    },
    {
      title: 'State',
      text: (row) => states(row).join(', '),
      cell: (row) =>
        states(row).map((word, index) => (
          <StateWord key={stateNames[index]} name={stateNames[index] ?? ''} word={word} />
        )),
    },
    {
      title: 'Traffic',
      text: (row) =>
        row.counters === null
          ? ''
          : `${formatRate(row.counters.rxBitsPerSecond ?? 0)} in, ${formatRate(row.counters.txBitsPerSecond ?? 0)} out`,
      flash: troubles,
      atEnd: true,
      cell: (row) => (
        <>
          <Traffic {...row} />
          {troubles(row) === '' ? null : <span className="block text-drift">{troubles(row)}</span>}
        </>
      ),
    },
    { title: 'About', text: about, unseen: true },
    { title: 'rx bytes', text: total((c) => c.rxBytes), unseen: true },
    { title: 'tx bytes', text: total((c) => c.txBytes), unseen: true },
    { title: 'rx packets', text: total((c) => c.rxPackets), unseen: true },
    { title: 'tx packets', text: total((c) => c.txPackets), unseen: true },
    { title: 'rx errors', text: total((c) => c.rxErrors), unseen: true },
    { title: 'tx errors', text: total((c) => c.txErrors), unseen: true },
    { title: 'rx dropped', text: total((c) => c.rxDropped), unseen: true },
    { title: 'tx dropped', text: total((c) => c.txDropped), unseen: true },
  ],
};

const stateNames = ['admin', 'carrier', 'oper', 'port'] as const;

/** Which of the three it is stands before the word, so that `up` and `up` are told apart. */
function StateWord({ name, word }: { readonly name: string; readonly word: string }): React.JSX.Element {
  return (
    <span className="block whitespace-nowrap">
      {name === 'carrier' ? null : <span className="text-muted">{name} </span>}
      {word}
    </span>
  );
}
