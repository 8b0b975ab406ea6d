import type { ImportScriptReply } from '@vethlab/protocol';
import { formatQuantity } from '../format/numbers';

export interface EndWords {
  readonly tone: 'good' | 'warning' | 'bad';
  readonly text: string;
}

/** How a run ended, in a sentence: the first thing to know of it. */
export function endWords(reply: Pick<ImportScriptReply, 'end' | 'failures' | 'moreFailures'>): EndWords {
  const { end } = reply;
  const failed = reply.failures.length + reply.moreFailures;
  switch (end.kind) {
    case 'timed-out':
      return {
        tone: 'bad',
        text: `The script did not end within ${Math.round(end.limitMs / 1_000)} s, and was ended. What came to be until then is kept.`,
      };
    case 'signal':
      return { tone: 'bad', text: `The script was ended by ${end.signal}. What came to be until then is kept.` };
    case 'exited':
      if (failed > 0) {
        return {
          tone: 'warning',
          text: `${formatQuantity(failed, 'command')} failed; the rest ran, and what came to be is kept.`,
        };
      }
      return end.exitCode === 0
        ? { tone: 'good', text: 'Every command ran.' }
        : { tone: 'warning', text: `The script ended with exit code ${end.exitCode}. What came to be is kept.` };
  }
}

/** Whether there is something that a person should read before the lab is opened. */
export function needsReading(reply: ImportScriptReply): boolean {
  return endWords(reply).tone !== 'good' || reply.leftOut.length > 0 || isEmpty(reply);
}

/** Nothing came of it that a lab could hold. */
export function isEmpty({ topology }: Pick<ImportScriptReply, 'topology'>): boolean {
  return Object.keys(topology.nodes).length === 0;
}
