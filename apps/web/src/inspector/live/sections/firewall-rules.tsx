import type { FirewallRule } from '@vethlab/protocol';
import type { TableLook } from '../table/column';
import { formatBytes } from './format-bytes';
import { TwoLines } from './two-lines';

function counted(row: FirewallRule): string {
  return row.packets === null ? '' : `${row.packets}`;
}

/** The rules of one chain, in their order, with what each has counted. */
export const ruleOfChainLook: TableLook<FirewallRule> = {
  keyOf: (row) => row.key,
  columns: [
    {
      title: 'Rule',
      text: (row) => row.text,
      mono: true,
      cell: (row) => <TwoLines first={row.text} second={row.comment === null ? '' : `“${row.comment}”`} />,
    },
    {
      title: 'Packets',
      text: counted,
      atEnd: true,
      cell: (row) => (
        <TwoLines
          first={row.packets === null ? <span className="text-muted">–</span> : counted(row)}
          second={row.bytes === null ? '' : formatBytes(row.bytes)}
        />
      ),
    },
    { title: 'Comment', text: (row) => row.comment ?? '', unseen: true },
  ],
};
