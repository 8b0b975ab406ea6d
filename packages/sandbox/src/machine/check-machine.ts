import { claimIdentity } from '../identity/identity.js';
import { dropRights, inNamespaces, nested } from '../process/launch-command.js';
import { SandboxError, type SandboxErrorCode } from '../sandbox-error.js';
import { explainRefusal } from './explain-refusal.js';
import { readKernelSwitches } from './kernel-switches.js';
import { runBriefly } from './run-briefly.js';
import { findTools, type MissingTool } from './tools.js';

/** Why labs cannot run here. */
export interface MachineProblem {
  readonly code: SandboxErrorCode;
  /** One sentence for people: what is missing or forbidden. */
  readonly reason: string;
  /** One sentence for people: what to do, with the exact command where there is one. */
  readonly remedy: string;
}

export type MachineCheck = { readonly ok: true } | ({ readonly ok: false } & MachineProblem);

/**
 * Can labs run on this machine? Looks for the tools, then makes a sandbox for a moment, as the user who would own it, because
 * only the kernel knows all that may forbid it. Never throws for a reason that lies in the machine.
 */
export async function checkMachine(): Promise<MachineCheck> {
  if (process.platform !== 'linux') {
    return {
      ok: false,
      code: 'sandbox.not-linux',
      reason: `Labs are made of Linux network namespaces, and this is ${process.platform}.`,
      remedy: 'Run Vethlab on Linux, for example in a virtual machine.',
    };
  }
  const tools = await findTools();
  if (tools.missing.length > 0) return { ok: false, ...missingTools(tools.missing) };

  try {
    const identity = await claimIdentity();
    try {
      const [command, ...args] = [
        ...dropRights(tools.paths, identity),
        ...nested(tools.paths),
        ...inNamespaces(tools.paths, ['true']),
      ];
      const run = await runBriefly(command ?? tools.paths.setpriv, args);
      if (run.exitCode === 0) return { ok: true };
      return { ok: false, ...explainRefusal(run.stderr, await readKernelSwitches()) };
    } finally {
      await identity?.release();
    }
  } catch (error) {
    if (!(error instanceof SandboxError)) throw error;
    return { ok: false, code: error.code as SandboxErrorCode, reason: error.reason, remedy: error.remedy };
  }
}

/** All missing tools at once, with the one line that installs them. */
export function missingTools(missing: readonly MissingTool[]): MachineProblem {
  const names = missing.map((tool) => tool.name).join(', ');
  const packages = [...new Set(missing.map((tool) => tool.debianPackage))].join(' ');
  return {
    code: 'sandbox.tool-missing',
    reason: `Not installed, and labs need ${missing.length === 1 ? 'it' : 'them'}: ${names}.`,
    remedy: `Install with: sudo apt-get install ${packages}`,
  };
}
