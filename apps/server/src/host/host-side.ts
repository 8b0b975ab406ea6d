import { createHash } from 'node:crypto';
import { mkdirSync, realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type DownReport, type HostReply, hostReplySchema, type LabId } from '@vethlab/protocol';
import { checkHost, runHostCommand, SandboxError, startHostAgent } from '@vethlab/sandbox';
import { type AgentStarter, agentBundle } from '../agents/agent-starter.js';
import { FolderInUseError, lockFolder } from '../files/folder-lock.js';
import { StartUpError } from '../start-up/start-up-error.js';

/** What a server whose labs run on the machine itself can do beyond others. */
export interface HostSide {
  readonly startAgent: AgentStarter;
  /** What is on this machine; nothing is changed by looking. */
  readonly discover: () => Promise<HostReply>;
  /** Gives a lab what is on the machine, `NAMESPACE` or `NAMESPACE:INTERFACE`. Null when it is done, otherwise why not. */
  readonly adopt: (lab: LabId, things: readonly string[]) => Promise<string | null>;
  /** Lets another server have the labs of this machine. */
  readonly unlock: () => void;
}

/** On /run, which a restart of the machine empties. */
const hostFolder = '/run/vethlab';

/**
 * Takes the labs of this machine for this server: there is one at a time, whatever its data folder. What it makes is marked with the
 * folder: a lab of the same id in another one is another lab.
 * @throws StartUpError with the exit code of a machine that cannot run labs, when this process is not root
 */
export async function takeHost(data: string, bundle = agentBundle()): Promise<HostSide> {
  const problem = await checkHost();
  if (problem !== null)
    throw new StartUpError(`${problem.reason} · --runtime host · ${problem.remedy}`, { exitCode: 4 });
  const unlock = lockHost();
  const owner = ownerOf(data);
  const keyOf = (lab: LabId) => `${lab}@${owner}`;
  const startAgent: AgentStarter = (onLog, lab) => startHostAgent({ bundle, lab: keyOf(lab), onLog });
  return {
    startAgent: Object.assign(startAgent, { takeDown: (lab: LabId) => takeDown(bundle, keyOf(lab)) }),
    discover: async () => ownByTheirIds(hostReplySchema.parse(await runHostCommand(bundle, ['discover'])), owner),
    adopt: async (lab, things) => {
      const answer = (await runHostCommand(bundle, ['adopt', keyOf(lab), ...things])) as { readonly refused?: string };
      return answer.refused ?? null;
    },
    unlock,
  };
}

/** Which data folder a lab is of, in eight digits: by the folder's path, so that a copy of it is another one. */
function ownerOf(data: string): string {
  let path = resolve(data);
  try {
    mkdirSync(data, { recursive: true, mode: 0o700 });
    path = realpathSync(data);
  } catch {
    // A folder that cannot be made or read is told when it is opened: with it the server does not start.
  }
  return createHash('sha256').update(path).digest('hex').slice(0, 8);
}

/** Labs of this server are called by their ids; those of other data folders as they are marked. */
function ownByTheirIds(reply: HostReply, owner: string): HostReply {
  const suffix = `@${owner}`;
  const namespaces = reply.namespaces.map((one) =>
    one.lab?.endsWith(suffix) === true ? { ...one, lab: one.lab.slice(0, -suffix.length) } : one,
  );
  return { ...reply, namespaces };
}

function lockHost(): () => void {
  try {
    mkdirSync(hostFolder, { recursive: true, mode: 0o755 });
    return lockFolder(join(hostFolder, 'server.lock'));
  } catch (error) {
    if (!(error instanceof FolderInUseError)) throw error;
    const mend = `open its address, or end it (process ${error.pid}): its labs run on`;
    throw new StartUpError(`another Vethlab server has the labs of this machine · --runtime host · ${mend}`, {
      cause: error,
    });
  }
}

async function takeDown(bundle: string, lab: string): Promise<void> {
  const { reports } = (await runHostCommand(bundle, ['down', lab])) as { readonly reports: readonly DownReport[] };
  for (const { blockers } of reports) {
    const [first] = blockers;
    if (first === undefined) continue;
    const what = first.kind === 'process' ? `process ${first.pid} (${first.command})` : `interface ${first.ifname}`;
    throw new SandboxError({
      code: 'host.not-ours',
      reason: `The lab was left as it is: the ${what} in ${first.namespace} is not this lab's.`,
      remedy: `End it, or take the lab down with it: vethlab down ${lab} --force.`,
    });
  }
}
