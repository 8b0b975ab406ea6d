import type { LiveFdbEntry } from '@vethlab/protocol';
import type { TableLook } from '../table/column';
import { TwoLines } from './two-lines';

export const fdbLook: TableLook<LiveFdbEntry> = {
  keyOf: (row) => `${row.bridge ?? ''} ${row.ifname} ${row.mac} ${row.vlan ?? ''}`,
  isFaint: (row) => row.state === 'permanent',
  aside: { is: (row) => row.state === 'permanent', words: (count) => `${count} of the ports themselves` },
  columns: [
    { title: 'MAC', text: (row) => row.mac, mono: true },
    {
      title: 'Port',
      text: (row) => row.ifname,
      mono: true,
      cell: (row) => <TwoLines first={row.ifname} second={row.vlan === null ? '' : `vlan ${row.vlan}`} />,
    },
    { title: 'State', text: (row) => row.state },
    { title: 'VLAN', text: (row) => (row.vlan === null ? '' : String(row.vlan)), unseen: true },
  ],
};
