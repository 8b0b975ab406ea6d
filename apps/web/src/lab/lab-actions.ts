import type { Answer } from '@vethlab/protocol';
import { RequestFailed, readable, unreachable } from '../connection/problem';
import { viewActions } from '../view/view-store';
import { notOpenOutcome } from './edit-outcome';
import type { LabActions } from './lab-state';
import { currentSession } from './open-lab';
import type { RequestBody } from './requests';

/** Everything one can do to the open lab. What is refused is told in a notice, `plan` and `reach` apart: they reject. */
export const labActions: LabActions = {
  edit: (edit) => currentSession()?.edit(edit) ?? Promise.resolve(notOpenOutcome),
  settle: (edit) => currentSession()?.settle(edit) ?? Promise.resolve(notOpenOutcome),
  undo: () => currentSession()?.turn('undo') ?? Promise.resolve(notOpenOutcome),
  redo: () => currentSession()?.turn('redo') ?? Promise.resolve(notOpenOutcome),
  start: () => tell('The lab was not started.', { type: 'start' }),
  stop: () => tell('The lab was not stopped.', { type: 'stop' }),
  setMode: (mode) => tell('The mode was not changed.', { type: 'set-mode', mode }),
  applyHeld: () => tell('Not applied.', { type: 'apply' }),
  repair: (items) =>
    tell('Not reverted.', items === undefined ? { type: 'repair' } : { type: 'repair', items: [...items] }),
  adopt: async (items) => {
    try {
      const answer = await ask({ type: 'adopt', items: items === null ? null : [...items] });
      if (answer.type !== 'adopted') throw unexpected(answer);
      return answer;
    } catch (error) {
      viewActions.notify({ id: 'request-adopt', level: 'error', text: 'Not adopted.', detail: readable(error) });
      return null;
    }
  },
  setFollow: (follow) => tell('Following was not changed.', { type: 'set-follow', follow }),
  plan: async () => {
    const answer = await ask({ type: 'plan' });
    if (answer.type !== 'plan') throw unexpected(answer);
    return answer.steps;
  },
  reach: async (family, onProgress) => {
    const answer = await ask({ type: 'reach', family }, onProgress);
    if (answer.type !== 'reach') throw unexpected(answer);
    return answer.report;
  },
  cancelReach: () => {
    // Nothing left to cancel is as good as cancelled.
    void ask({ type: 'cancel' }).catch((error: unknown) => {
      if (!(error instanceof RequestFailed)) throw error;
    });
  },
  leaveLive: () => {
    labActions.inspect(null, []);
    currentSession()?.forgetLive();
  },
  inspect: (node, sections) => {
    // Without a connection nobody reads anything; whoever looks asks again when it is back.
    currentSession()
      ?.inspect(node, sections)
      .catch((error: unknown) => {
        if (!(error instanceof RequestFailed)) throw error;
      });
  },
};

async function ask(body: RequestBody, onProgress?: (done: number, total: number) => void): Promise<Answer> {
  const session = currentSession();
  if (session === null) throw new RequestFailed(unreachable);
  return session.ask(body, onProgress);
}

async function tell(what: string, body: RequestBody): Promise<void> {
  try {
    await ask(body);
  } catch (error) {
    viewActions.notify({ id: `request-${body.type}`, level: 'error', text: what, detail: readable(error) });
  }
}

function unexpected(answer: Answer): RequestFailed {
  const detail = `The server gave an answer of another kind (${answer.type}).`;
  return new RequestFailed({ status: 0, code: 'stream.unexpected', title: detail, detail, diagnostics: [] });
}
