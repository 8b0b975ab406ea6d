import type { Answer, ClientMessage, ServerMessage } from '@vethlab/protocol';
import { ProblemError } from '../http/problem-error.js';
import type { LiveViewer } from '../inspect/live-desk.js';
import type { Lab } from '../labs/lab.js';
import { readMessage } from './read-message.js';

/** The client as the answers to its messages need it. */
export interface Asking extends LiveViewer {
  readonly id: string;
  answer(message: ServerMessage): void;
  resync(): void;
}

type AnswerBody = Answer extends infer A ? (A extends Answer ? Omit<A, 'requestId'> : never) : never;

/** Does what one message of a client asks, and answers it. Never throws for what a client can do wrong. */
export async function answerMessage(client: Asking, lab: Lab, text: string): Promise<void> {
  const read = readMessage(text);
  if (!read.ok) {
    client.answer(read.answer);
    return;
  }
  const { message } = read;
  if (message.type === 'resync') {
    client.resync();
    return;
  }
  const answer = (body: AnswerBody) => client.answer({ requestId: message.requestId, ...body } as Answer);
  try {
    answer(await carryOut(client, lab, message, answer));
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const { code, detail } = error.problem;
    answer({ type: 'failed', code, detail });
  }
}

type Asked = Exclude<ClientMessage, { type: 'resync' }>;

function carryOut(
  client: Asking,
  lab: Lab,
  message: Asked,
  answer: (body: AnswerBody) => void,
): AnswerBody | Promise<AnswerBody> {
  switch (message.type) {
    case 'edit':
      return lab.edit(message.edit, message.baseRevision, client.id, message.takeOver);
    case 'revert':
      return lab.revert(message.revision, message.baseRevision, client.id, message.takeOver);
    case 'start':
      lab.run.start();
      return { type: 'done' };
    case 'stop':
      return lab.run.stop().then(done);
    case 'set-mode':
      lab.setMode(message.mode);
      return { type: 'done' };
    case 'plan':
      return lab.run.plan().then((steps) => ({ type: 'plan', steps }));
    case 'apply':
      return lab.run.apply().then(done);
    case 'repair':
      return lab.run.repair(message.items ?? null).then(done);
    case 'reach':
      return lab.run
        .reach(`${client.id}:${message.requestId}`, message.family, (count, total) =>
          answer({ type: 'reach-progress', done: count, total }),
        )
        .then((report) => ({ type: 'reach', report }));
    case 'inspect':
      lab.live.look(client, message.node, message.sections);
      return { type: 'done' };
    case 'adopt':
      return lab.adopter.adopt(message.items, client.id).then((reply) => ({ type: 'adopted', ...reply }));
    case 'set-follow':
      lab.adopter.setFollow(message.follow, client.id);
      return { type: 'done' };
    case 'cancel':
      lab.run.cancel(`${client.id}:`, 'anything');
      return { type: 'done' };
    case 'ping':
      return { type: 'pong' };
  }
}

function done(): AnswerBody {
  return { type: 'done' };
}
