import type { LabListReply, LabSummary } from '@vethlab/protocol';
import { useCallback, useEffect, useState } from 'react';
import { readable, rest } from '../connection';

/** Run states and names change elsewhere too; nobody watches the list for long. */
const refreshMs = 5_000;

export interface LabList {
  /** Null until the first answer. */
  readonly labs: readonly LabSummary[] | null;
  /** Where labs of this server run; null until the first answer. */
  readonly runtime: LabListReply['runtime'] | null;
  /** Why the list is not here or not fresh. */
  readonly problem: string | null;
  readonly refresh: () => Promise<void>;
}

/** The list of labs, kept fresh while the page is in sight. */
export function useLabs(): LabList {
  const [list, setList] = useState<LabListReply | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const refresh = useCallback(async () => {
    try {
      setList(await rest.labs());
      setProblem(null);
    } catch (error) {
      setProblem(readable(error));
    }
  }, []);
  useEffect(() => {
    void refresh();
    const ifSeen = (): void => {
      if (document.visibilityState === 'visible') void refresh();
    };
    const timer = setInterval(ifSeen, refreshMs);
    document.addEventListener('visibilitychange', ifSeen);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', ifSeen);
    };
  }, [refresh]);
  return { labs: list?.labs ?? null, runtime: list?.runtime ?? null, problem, refresh };
}
