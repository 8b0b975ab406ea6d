import type { LiveSysctl } from '@vethlab/protocol';
import { visibleText } from '../../../format/visible-text';
import type { TableLook } from '../table/column';
import { meaningOf, valueWord } from './sysctl-words';
import { TwoLines } from './two-lines';

const isDefault = (row: LiveSysctl) => row.fresh === null || row.value === row.fresh;

function difference(row: LiveSysctl): string {
  if (isDefault(row)) return '';
  const word = valueWord(row.key, row.fresh ?? '');
  return `${row.fresh ?? ''}${word === '' ? '' : ` (${word})`} in new namespaces`;
}

/** Below the heading of its interface the key is told without it: `ipv4 rp_filter`. */
function shortKey(row: LiveSysctl): string {
  if (row.ifname === null) return row.key.replace(/^net\./, '');
  const parts = row.key.split('.');
  return `${parts[1] ?? ''} ${parts.at(-1) ?? ''}`;
}

export const sysctlLook: TableLook<LiveSysctl> = {
  keyOf: (row) => row.key,
  groupOf: (row) => (row.ifname === null ? 'The whole namespace' : `Interface ${row.ifname}`),
  isFaint: isDefault,
  aside: {
    is: (row) => row.ifname !== null && isDefault(row),
    words: (count) => `${count} of interfaces that are as in new ones`,
  },
  columns: [
    {
      title: 'Setting',
      text: (row) => row.key,
      mono: true,
      flash: (row) => row.key,
      cell: (row) => (
        <>
          <TwoLines first={shortKey(row)} second={meaningOf(row.key)} />
          {isDefault(row) ? null : (
            <span className="block font-sans text-drift">
              <span aria-hidden="true">Δ </span>
              {visibleText(difference(row))}
            </span>
          )}
        </>
      ),
    },
    {
      title: 'Value',
      text: (row) => row.value,
      mono: true,
      cell: (row) => (
        <span className={isDefault(row) ? undefined : 'font-semibold'}>
          <TwoLines first={row.value} second={valueWord(row.key, row.value)} />
        </span>
      ),
    },
    { title: 'Difference', text: difference, unseen: true },
    { title: 'Meaning', text: (row) => meaningOf(row.key), unseen: true },
  ],
};
