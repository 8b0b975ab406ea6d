import { writeFileSync } from 'node:fs';
import { limitMemory, NetlinkError } from '@vethlab/netlink';

/** When the machine has no memory left, the kernel ends programs of labs before anything else (proc(5), oom_score_adj; 1000 is the most). */
const firstToGo = '900';

const endings = new Set(['ENOENT', 'ESRCH', 'EACCES']);

/**
 * A program of a person, and all it starts, gives way when memory is short. `mostBytes`: of each of them; null: as the machine says.
 * `score`: who goes before the others.
 */
export function giveWay(pid: number, mostBytes: number | null, score = firstToGo): void {
  try {
    writeFileSync(`/proc/${pid}/oom_score_adj`, score);
    if (mostBytes !== null) limitMemory(pid, mostBytes);
  } catch (error) {
    // It has ended already; what /proc has of a program that nobody has waited for yet belongs to nobody in the sandbox.
    const isGone = error instanceof NetlinkError ? error.code === 'ESRCH' : endings.has(codeOf(error));
    if (!isGone) throw error;
  }
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? '';
}
