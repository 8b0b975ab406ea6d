import type { LabMode, Progress, RunState } from '@vethlab/protocol';
import { formatCount } from '../format/numbers';
import type { Tone } from '../ui';

export interface RunWords {
  readonly tone: Tone;
  /** A sign of its own, so that the state is known in grey. */
  readonly shape: string;
  readonly text: string;
  /** More than fits the header. */
  readonly detail: string | null;
  /** 0 to 1; null when nothing is under way. */
  readonly progress: number | null;
  readonly offer: 'start' | 'stop' | null;
}

const phases = { apply: 'Applying', observe: 'Looking', teardown: 'Removing' } as const;

/** The run state in a few words. */
export function runWords(run: RunState, progress: Progress | null, mode: LabMode, behind: boolean): RunWords {
  if (progress !== null && progress.total > 0 && run.state !== 'stopped') {
    return {
      tone: 'waiting',
      shape: '◔',
      text: `${phases[progress.phase]} ${formatCount(progress.done)} of ${formatCount(progress.total)}`,
      detail: null,
      progress: Math.min(1, progress.done / progress.total),
      offer: null,
    };
  }
  const rest = { detail: null, progress: null };
  switch (run.state) {
    case 'stopped':
      return { ...rest, tone: 'neutral', shape: '□', text: 'Stopped', offer: 'start' };
    case 'starting':
      return { ...rest, tone: 'waiting', shape: '◔', text: 'Starting', offer: null };
    case 'restarting':
      return { ...rest, tone: 'waiting', shape: '◔', text: 'Restarting', detail: run.reason, offer: null };
    case 'failed':
      return {
        ...rest,
        tone: 'failing',
        shape: '✕',
        text: 'Not running',
        detail: `${run.reason} ${run.remedy}`,
        offer: 'start',
      };
    case 'running':
      return mode === 'held' && behind
        ? { ...rest, tone: 'accent', shape: '◌', text: 'Running, edits held', offer: 'stop' }
        : { ...rest, tone: 'up', shape: '●', text: 'Running', offer: 'stop' };
  }
}
