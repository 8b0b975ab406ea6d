import type { LiveNeighbour } from '@vethlab/protocol';
import { Badge, type Tone } from '../../../ui';
import type { TableLook } from '../table/column';
import { TwoLines } from './two-lines';

/** What a state means, for those who meet it for the first time (arp(7), RFC 4861). */
const tones: ReadonlyMap<string, Tone> = new Map([
  ['reachable', 'up'],
  ['permanent', 'accent'],
  ['failed', 'failing'],
  ['incomplete', 'waiting'],
]);

export const neighbourLook: TableLook<LiveNeighbour> = {
  keyOf: (row) => `${row.ifname} ${row.address}`,
  groupOf: (row) => (row.family === 4 ? 'ARP (IPv4)' : 'NDP (IPv6)'),
  columns: [
    {
      title: 'Address',
      text: (row) => row.address,
      mono: true,
      cell: (row) => <TwoLines first={row.address} second={`${row.ifname}${row.router ? ' · router' : ''}`} />,
      flash: (row) => row.address,
    },
    { title: 'MAC', text: (row) => row.mac ?? 'not known', mono: true },
    {
      title: 'State',
      text: (row) => row.state,
      cell: (row) => <Badge tone={tones.get(row.state) ?? 'neutral'}>{row.state}</Badge>,
    },
    { title: 'Interface', text: (row) => row.ifname, unseen: true },
  ],
};
