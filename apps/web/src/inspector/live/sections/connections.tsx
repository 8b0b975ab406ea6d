import type { LiveConnection } from '@vethlab/protocol';
import { Badge, type Tone } from '../../../ui';
import type { TableLook } from '../table/column';
import { TwoLines } from './two-lines';

const tones: ReadonlyMap<string, Tone> = new Map([
  ['ESTABLISHED', 'up'],
  ['answered', 'up'],
  ['not answered', 'waiting'],
]);

/** What is seen of a connection behind this node. */
function seenAs({ from, to, replyFrom, replyTo, translated }: LiveConnection): string {
  if (translated === null) return '';
  const source = translated === 'destination' ? '' : `${from} seen as ${replyTo}`;
  const destination = translated === 'source' ? '' : `${to} leads to ${replyFrom}`;
  return [source, destination].filter((part) => part !== '').join(', ');
}

/** Connections that conntrack knows; translated ones with both addresses. */
export const connectionLook: TableLook<LiveConnection> = {
  keyOf: (row) => `${row.protocol} ${row.from} ${row.to} ${row.replyFrom} ${row.replyTo}`,
  groupOf: (row) => (row.translated === null ? 'As they are' : 'Translated'),
  columns: [
    {
      title: 'From → to',
      text: (row) => `${row.from} → ${row.to}`,
      mono: true,
      cell: (row) => <TwoLines first={`${row.from} → ${row.to}`} second={seenAs(row)} />,
    },
    { title: 'Protocol', text: (row) => row.protocol },
    {
      title: 'State',
      text: (row) => row.state,
      cell: (row) => <Badge tone={tones.get(row.state) ?? 'neutral'}>{row.state.toLowerCase()}</Badge>,
    },
    { title: 'Translation', text: seenAs, unseen: true },
  ],
};
