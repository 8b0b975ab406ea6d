import type { CommandStatus } from '@vethlab/protocol';
import type { CommandRestart } from '@vethlab/topology';
import { visibleText } from '../../../format/visible-text';
import type { Tone } from '../../../ui';

/** How a command is doing, in a word and a sign that can be told apart without colour. */
export interface CommandLook {
  readonly sign: string;
  readonly word: string;
  readonly tone: Tone;
  /** More, where there is more to say. */
  readonly detail?: string;
}

const notRunning: CommandLook = { sign: '○', word: 'not running', tone: 'neutral' };

/** `status` undefined: the lab does not run, or does not have it yet. */
export function commandLook(status: CommandStatus | undefined, isWaiting: boolean): CommandLook {
  const state = status?.status;
  switch (state?.state) {
    case 'running':
      return { sign: '●', word: 'running', tone: 'up', detail: runningDetail(state.pid, status?.restarts ?? 0) };
    case 'starting':
      return { sign: '◌', word: 'starting', tone: 'waiting' };
    case 'stopping':
      return { sign: '◌', word: 'ending', tone: 'waiting' };
    case 'failed':
      return { sign: '✕', word: 'could not be started', tone: 'failing', detail: visibleText(state.error) };
    case 'exited': {
      const again =
        state.restartAtMs === null ? {} : { detail: `starts again · ${restartsText(status?.restarts ?? 0)}` };
      if (status?.stoppedByHand === true) return { sign: '■', word: 'stopped', tone: 'neutral' };
      if (state.exitCode === 0) return { sign: '✓', word: 'ended with 0', tone: 'neutral', ...again };
      const how = state.signal === null ? `ended with ${state.exitCode}` : `ended by ${visibleText(state.signal)}`;
      return { sign: '✕', word: how, tone: 'failing', ...again };
    }
    default:
      return isWaiting ? { sign: '!', word: 'waits for consent', tone: 'drift' } : notRunning;
  }
}

/** Whether somebody has to look at it: for the badge on the canvas. */
export function hasFailed({ status, stoppedByHand }: CommandStatus): boolean {
  if (status.state === 'failed') return true;
  return status.state === 'exited' && status.exitCode !== 0 && !stoppedByHand;
}

export const restartWords: Readonly<Record<CommandRestart, string>> = {
  never: 'not started again',
  'on-failure': 'started again when it fails',
  always: 'always started again',
};

function runningDetail(pid: number, restarts: number): string {
  return restarts === 0 ? `pid ${pid}` : `pid ${pid} · ${restartsText(restarts)}`;
}

function restartsText(restarts: number): string {
  return restarts === 1 ? 'restarted once' : `restarted ${restarts} times`;
}
