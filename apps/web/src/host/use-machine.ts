import type { HostReply } from '@vethlab/protocol';
import { useCallback, useEffect, useRef, useState } from 'react';
import { readable, rest } from '../connection';

/** From one answer to the next question. A look at a machine of a hundred namespaces is 0.4 s of work for a process of its own. */
const refreshMs = 3_000;

export interface Machine {
  /** Null until the first answer. The same object for as long as nothing changes. */
  readonly found: HostReply | null;
  /** Why what is shown is not here or not fresh. */
  readonly problem: string | null;
  readonly refresh: () => Promise<void>;
}

/** What is on the machine of the server, looked at again every few seconds while the page is in sight. */
export function useMachine(): Machine {
  const [found, setFound] = useState<HostReply | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const last = useRef('');
  const refresh = useCallback(async () => {
    try {
      const reply = await rest.machine();
      const text = JSON.stringify(reply);
      if (text !== last.current) setFound(reply);
      last.current = text;
      setProblem(null);
    } catch (error) {
      setProblem(readable(error));
    }
  }, []);
  useEffect(() => {
    let timer = 0;
    let left = false;
    const look = async (): Promise<void> => {
      clearTimeout(timer);
      if (document.visibilityState === 'visible') await refresh();
      if (left) return;
      clearTimeout(timer);
      timer = window.setTimeout(() => void look(), refreshMs);
    };
    const ifSeen = (): void => {
      if (document.visibilityState === 'visible') void look();
    };
    void look();
    document.addEventListener('visibilitychange', ifSeen);
    return () => {
      left = true;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', ifSeen);
    };
  }, [refresh]);
  return { found, problem, refresh };
}
