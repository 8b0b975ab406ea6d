import type { LiveRule } from '@vethlab/protocol';
import type { TableLook } from '../table/column';

export const ruleLook: TableLook<LiveRule> = {
  keyOf: (row) => `${row.family} ${row.priority} ${row.selector} ${row.action}`,
  groupOf: (row) => `IPv${row.family}`,
  isFaint: (row) => row.kernelMade,
  columns: [
    { title: 'Priority', text: (row) => String(row.priority) },
    { title: 'Packets', text: (row) => row.selector, mono: true },
    { title: 'Then', text: (row) => row.action, mono: true },
  ],
};
