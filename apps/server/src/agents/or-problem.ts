import { AgentRefusal, SandboxError } from '@vethlab/sandbox';
import { ProblemError } from '../http/problem-error.js';

/** Waits for an agent's answer. @throws ProblemError 409 when the agent refuses, 503 when it is lost */
export async function orProblem<Answer>(answer: Promise<Answer>): Promise<Answer> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof AgentRefusal) {
      throw new ProblemError(409, 'lab.refused', error.detail, {}, { cause: error });
    }
    if (error instanceof SandboxError) {
      throw new ProblemError(503, 'lab.agent-lost', error.reason, { remedy: error.remedy }, { cause: error });
    }
    throw error;
  }
}

/** Waits for a lab to be taken down. @throws ProblemError 409 when something in it is not the lab's */
export async function orRefusal(takenDown: Promise<void>): Promise<void> {
  try {
    await takenDown;
  } catch (error) {
    if (!(error instanceof SandboxError)) throw error;
    throw new ProblemError(409, 'lab.refused', `${error.reason} ${error.remedy}`, {}, { cause: error });
  }
}
