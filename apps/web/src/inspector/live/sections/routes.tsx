import type { LiveRoute } from '@vethlab/protocol';
import type { TableLook } from '../table/column';
import { TwoLines } from './two-lines';

function way(row: LiveRoute): string {
  if (row.nexthops.length > 0) {
    return row.nexthops
      .map((hop) => `${hop.via === null ? '' : `via ${hop.via} `}dev ${hop.dev ?? '?'} weight ${hop.weight}`)
      .join(' | ');
  }
  const words = [...(row.via === null ? [] : [`via ${row.via}`]), ...(row.dev === null ? [] : [`dev ${row.dev}`])];
  return words.length === 0 ? row.type : words.join(' ');
}

function about(row: LiveRoute): string {
  return [
    ...(row.type === 'unicast' || way(row) === row.type ? [] : [row.type]),
    ...(row.kernelMade ? ['made by the kernel'] : [`protocol ${row.protocol}`]),
    ...(row.metric === 0 ? [] : [`metric ${row.metric}`]),
    ...(row.source === null ? [] : [`source ${row.source}`]),
    ...(row.linkDown ? ['not used: no carrier'] : []),
  ].join(' · ');
}

/** The table of the node's own addresses, and what every interface has for link-local and multicast traffic. */
function isKernelsOwn(row: LiveRoute): boolean {
  return row.kernelMade && (row.tableName === 'local' || row.type !== 'unicast' || /^f(e80|f00)::/.test(row.to));
}

export const routeLook: TableLook<LiveRoute> = {
  keyOf: (row) => [row.family, row.table, row.type, row.to, row.metric, way(row)].join(' '),
  groupOf: (row) => `IPv${row.family}, table ${row.tableName}`,
  isFaint: (row) => row.kernelMade,
  aside: { is: isKernelsOwn, words: (count) => `${count} of the kernel’s own` },
  columns: [
    {
      title: 'To',
      text: (row) => row.to,
      mono: true,
      cell: (row) => <TwoLines first={row.to} second={about(row)} />,
      flash: (row) => `${row.to} ${row.linkDown}`,
    },
    { title: 'Way', text: way, mono: true },
    { title: 'Table', text: (row) => row.tableName, unseen: true },
    { title: 'About', text: about, unseen: true },
  ],
};
