import type { LiveAddress } from '@vethlab/protocol';
import type { TableLook } from '../table/column';
import { TwoLines } from './two-lines';

function about(row: LiveAddress): string {
  return [
    ...(row.peer === null ? [] : [`peer ${row.peer}`]),
    ...(row.kernelMade ? ['made by the kernel'] : []),
    ...(row.permanent ? [] : ['with a lifetime']),
  ].join(' · ');
}

function trouble(row: LiveAddress): string {
  if (row.dadFailed) return 'duplicate: another node has it';
  return row.tentative ? 'tentative: not usable yet' : '';
}

export const addressLook: TableLook<LiveAddress> = {
  keyOf: (row) => `${row.ifname} ${row.address} ${row.peer ?? ''}`,
  groupOf: (row) => row.ifname,
  isFaint: (row) => row.kernelMade,
  columns: [
    {
      title: 'Address',
      text: (row) => row.address,
      flash: (row) => `${row.address} ${trouble(row)}`,
      mono: true,
      cell: (row) => (
        <>
          <TwoLines first={row.address} second={about(row)} />
          {trouble(row) === '' ? null : <span className="block font-sans text-drift">{trouble(row)}</span>}
        </>
      ),
    },
    { title: 'Scope', text: (row) => row.scope },
    { title: 'Interface', text: (row) => row.ifname, unseen: true },
    { title: 'About', text: (row) => [about(row), trouble(row)].filter(Boolean).join(' · '), unseen: true },
  ],
};
