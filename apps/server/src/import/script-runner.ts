import { type ScriptReport, scriptReportSchema } from '@vethlab/protocol';
import { AgentRefusal, SandboxError } from '@vethlab/sandbox';
import { errorsOf } from '@vethlab/topology';
import type { Logger } from 'pino';
import type { AgentStarter } from '../agents/agent-starter.js';
import { ProblemError } from '../http/problem-error.js';
import { scriptAnswerMaxMs, scriptMaxMs, scriptsMax } from '../limits.js';

/** Runs scripts of people, each in a sandbox of its own that is gone afterwards. */
export class ScriptRunner {
  readonly #startSandbox: AgentStarter;
  readonly #log: Logger;
  readonly #limitMs: number;
  #running = 0;

  /** `startSandbox` has to give a sandbox, never an agent on the machine itself. */
  constructor(startSandbox: AgentStarter, log: Logger, limitMs = scriptMaxMs) {
    this.#startSandbox = startSandbox;
    this.#log = log;
    this.#limitMs = limitMs;
  }

  /**
   * What came of the script, as a document with `name`.
   * @throws ProblemError 409 when too many run, 422 when the script ended its own sandbox, 503 when there can be none
   */
  async run(name: string, script: string): Promise<ScriptReport> {
    if (this.#running >= scriptsMax) {
      throw new ProblemError(409, 'lab.busy', `${scriptsMax} scripts are running already. Try again in a moment.`);
    }
    this.#running += 1;
    try {
      return await this.#run(name, script);
    } finally {
      this.#running -= 1;
    }
  }

  async #run(name: string, script: string): Promise<ScriptReport> {
    const agent = await this.#startSandbox((line) => this.#log.info({ line }, 'agent printed'), 'import').catch(
      (error: unknown) => {
        if (!(error instanceof SandboxError)) throw error;
        throw new ProblemError(503, 'lab.agent-lost', error.reason, { remedy: error.remedy }, { cause: error });
      },
    );
    try {
      const { report } = await agent.request(
        { type: 'run-script', name, script, timeLimitMs: this.#limitMs },
        { timeoutMs: this.#limitMs + scriptAnswerMaxMs },
      );
      return checked(report);
    } catch (error) {
      if (error instanceof AgentRefusal) {
        throw new ProblemError(409, 'lab.refused', error.detail, {}, { cause: error });
      }
      if (!(error instanceof SandboxError)) throw error;
      const detail =
        'The sandbox in which the script ran ended or stopped answering: the script ends processes that are not its own, or takes all there is. Nothing came of it.';
      throw new ProblemError(422, 'script.sandbox-lost', detail, {}, { cause: error });
    } finally {
      await agent.kill();
    }
  }
}

/** A process inside the sandbox could have spoken for the agent: what came out is read as a stranger's. */
function checked(raw: ScriptReport): ScriptReport {
  const parsed = scriptReportSchema.safeParse(raw);
  if (parsed.success && errorsOf(parsed.data.topology).length === 0) return parsed.data;
  const detail = 'What the sandbox said about the script cannot be read. Nothing came of it.';
  throw new ProblemError(422, 'script.sandbox-lost', detail);
}
