import type { ReachCell, ReachReport } from '@vethlab/protocol';
import { formatMs } from '../format/numbers';
import { pingWords } from './ping-words';

/** From one node to another: all addresses of the other taken together. */
export interface Pair {
  readonly from: string;
  readonly to: string;
  readonly state: 'self' | 'untried' | 'reached' | 'partly' | 'failed';
  readonly cells: readonly ReachCell[];
}

/** The report as rows of pairs, in the order of its nodes. */
export function reachRows(report: ReachReport): readonly (readonly Pair[])[] {
  const byPair = new Map<string, Map<string, ReachCell[]>>();
  for (const cell of report.cells) {
    const row = byPair.get(cell.from) ?? new Map<string, ReachCell[]>();
    byPair.set(cell.from, row);
    const cells = row.get(cell.to);
    if (cells === undefined) row.set(cell.to, [cell]);
    else cells.push(cell);
  }
  return report.nodes.map((from) =>
    report.nodes.map((to) => {
      const cells = byPair.get(from)?.get(to) ?? [];
      return { from, to, cells, state: from === to ? 'self' : pairState(cells) };
    }),
  );
}

function pairState(cells: readonly ReachCell[]): Pair['state'] {
  if (cells.length === 0) return 'untried';
  const reached = cells.filter((cell) => cell.outcome.kind === 'reply').length;
  if (reached === cells.length) return 'reached';
  return reached === 0 ? 'failed' : 'partly';
}

export const pairShapes: Readonly<Record<Pair['state'], string>> = {
  self: '',
  untried: '–',
  reached: '●',
  partly: '◐',
  failed: '✕',
};

/** A pair in words: what was tried, what came of it, and why. */
export function pairText(pair: Pair): string {
  const { from, to, cells, state } = pair;
  if (state === 'self') return `${from} itself`;
  if (state === 'untried') return `${from} → ${to}: no address of this family`;
  const parts = cells.map((cell) => {
    const words = pingWords(cell.outcome, from, null);
    return cell.outcome.kind === 'reply'
      ? `${cell.address} answers in ${formatMs(cell.outcome.rttMs)}`
      : `${cell.address}: ${words.why ?? words.word}`;
  });
  return `${from} → ${to}: ${parts.join('; ')}`;
}

/** How many pairs were reached, of those that were tried. */
export function reachCounts(rows: readonly (readonly Pair[])[]): { readonly reached: number; readonly tried: number } {
  let reached = 0;
  let tried = 0;
  for (const pair of rows.flat()) {
    if (pair.state === 'self' || pair.state === 'untried') continue;
    tried++;
    if (pair.state === 'reached') reached++;
  }
  return { reached, tried };
}
