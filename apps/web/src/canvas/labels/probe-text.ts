import { type ProbeState, probeLabel } from '../derive/probe-state';

/** Longer reasons are cut; the whole sentence is in the accessible name and in the Pings panel. */
const longestLabel = 44;

export interface ArcText {
  readonly text: string;
  readonly width: number;
  readonly height: number;
}

/** The text of a ping on its arc and what it covers. `short`: only the sign of a failure or of a block, or the figure without its loss. */
export function probeText(state: ProbeState, short: boolean): ArcText {
  const label = short ? shortLabel(state) : probeLabel(state);
  const text = label.length > longestLabel ? `${label.slice(0, longestLabel - 1)}…` : label;
  return { text, width: text.length * 6.1 + 14, height: 18 };
}

function shortLabel(state: ProbeState): string {
  if (state.verdict === 'failing') return '✕';
  if (state.verdict === 'blocked') return '⊘';
  return probeLabel(state).split(' · ')[0] ?? '';
}
