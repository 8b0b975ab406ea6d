import type { NodeProcess, NodeProcesses } from '@vethlab/protocol';
import { formatArguments } from '@vethlab/topology';

/** A process in the words of the page. */
export interface ShownProcess extends NodeProcess {
  /** The whole line, every character of it to be seen. */
  readonly line: string;
  /** Share of one core since the look before: "3 %"; "…" at the first look. */
  readonly cpu: string;
  readonly memory: string;
  readonly since: string;
}

const mebibyte = 1024 * 1024;

/** Processes that match a search, in the order of their start. */
export function shownProcesses(
  now: NodeProcesses,
  before: NodeProcesses | null,
  search: string,
): readonly ShownProcess[] {
  const earlier = new Map(before?.processes.map((process) => [identityOf(process), process]) ?? []);
  const tookMs = before === null ? 0 : now.takenMs - before.takenMs;
  const words = search
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  return now.processes
    .map((process): ShownProcess => {
      const last = earlier.get(identityOf(process));
      const share = last === undefined || tookMs <= 0 ? null : (process.cpuMs - last.cpuMs) / tookMs;
      return {
        ...process,
        line: formatArguments(process.arguments),
        cpu: share === null ? '…' : `${Math.round(Math.max(0, share) * 100)} %`,
        memory: `${(process.residentBytes / mebibyte).toFixed(1)} MiB`,
        since: new Date(process.startedAtMs).toLocaleTimeString(),
      };
    })
    .filter((process) => {
      const text = `${process.pid} ${process.line} ${process.command ?? ''}`.toLowerCase();
      return words.every((word) => text.includes(word));
    });
}

function identityOf({ pid, startedTicks }: NodeProcess): string {
  return `${pid} ${startedTicks}`;
}
