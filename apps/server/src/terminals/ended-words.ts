import type { TerminalEnd } from '@vethlab/protocol';

/** How a session ended. */
export interface End {
  readonly reason: TerminalEnd;
  readonly exitCode: number | null;
  readonly signal: string | null;
}

/** One sentence for people. */
export function endedWords({ reason, exitCode, signal }: End): string {
  switch (reason) {
    case 'ended':
      if (signal !== null) return `The shell was ended by ${signal}.`;
      return exitCode === 0 || exitCode === null ? 'The shell ended.' : `The shell ended with exit code ${exitCode}.`;
    case 'closed':
      return 'The terminal was closed.';
    case 'node-removed':
      return 'The node was removed, and what ran in it was ended.';
    case 'lab-stopped':
      return 'The lab was stopped.';
    case 'agent-lost':
      return 'The agent of the lab died, and everything in its sandbox with it. Open a new terminal when the lab runs again.';
  }
}
