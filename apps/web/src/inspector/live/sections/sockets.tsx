import type { LiveSocket } from '@vethlab/protocol';
import type { TableLook } from '../table/column';
import { TwoLines } from './two-lines';

function owner(row: LiveSocket): string {
  return row.owner === null ? '–' : `${row.owner.name} (${row.owner.pid})`;
}

function queues(row: LiveSocket): string {
  return [
    ...(row.rxQueueBytes === 0 ? [] : [`${row.rxQueueBytes} B to read`]),
    ...(row.txQueueBytes === 0 ? [] : [`${row.txQueueBytes} B to send`]),
  ].join(', ');
}

export const socketLook: TableLook<LiveSocket> = {
  keyOf: (row) => `${row.protocol} ${row.local} ${row.remote ?? ''} ${row.inode}`,
  groupOf: (row) => (row.protocol === 'unix' ? 'Unix sockets' : row.state === 'listen' ? 'Listening' : 'Others'),
  aside: { is: (row) => row.owner?.name === 'vethlab', words: (count) => `${count} of Vethlab itself, for pings` },
  columns: [
    {
      title: 'Socket',
      text: (row) => `${row.protocol} ${row.local}`,
      mono: true,
      flash: (row) => row.local,
      cell: (row) => (
        <TwoLines
          first={row.remote === null ? row.local : `${row.local} → ${row.remote}`}
          second={[row.protocol, row.state, queues(row)].filter(Boolean).join(' · ')}
        />
      ),
    },
    { title: 'Process', text: owner },
    { title: 'Peer', text: (row) => row.remote ?? '', unseen: true },
    { title: 'State', text: (row) => row.state, unseen: true },
  ],
};
