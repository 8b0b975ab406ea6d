import { useEffect, useRef, useState } from 'react';
import { RequestFailed } from '../../../connection/problem';

export interface Polled<Value> {
  readonly value: Value | null;
  /** Why the last look came to nothing. */
  readonly problem: string | null;
  /** Looks now. */
  readonly look: () => void;
}

/**
 * Asks again and again while the place is on the page, and the page in sight: nobody is asked when nobody looks. The next
 * question waits for the answer to the one before. `key` names what is asked for: another one begins anew.
 */
export function usePolled<Value>(
  key: string,
  everyMs: number,
  ask: (before: Value | null) => Promise<Value>,
): Polled<Value> {
  const [state, setState] = useState<{ readonly value: Value | null; readonly problem: string | null }>({
    value: null,
    problem: null,
  });
  const asking = useRef(ask);
  asking.current = ask;
  const nudge = useRef<() => void>(() => undefined);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for what is asked for.
  useEffect(() => {
    let value: Value | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isOver = false;
    setState({ value: null, problem: null });
    const look = async (): Promise<void> => {
      clearTimeout(timer);
      if (document.visibilityState === 'visible') {
        try {
          value = await asking.current(value);
          if (!isOver) setState({ value, problem: null });
        } catch (error) {
          if (!(error instanceof RequestFailed)) throw error;
          if (!isOver) setState({ value, problem: error.message });
        }
      }
      if (!isOver) timer = setTimeout(() => void look(), everyMs);
    };
    nudge.current = () => void look();
    void look();
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [key, everyMs]);
  return { ...state, look: () => nudge.current() };
}
