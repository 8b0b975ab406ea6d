import { useEffect, useReducer, useRef } from 'react';

/**
 * A value that changes many times a second, taken over at most once in `holdMs`; at once when that is 0. The last value
 * always comes through.
 */
export function useSteady<Value>(value: Value, holdMs: number): Value {
  const taken = useRef({ value, atMs: Number.NEGATIVE_INFINITY });
  const [, wake] = useReducer((count: number) => count + 1, 0);
  const dueInMs = holdMs === 0 ? 0 : taken.current.atMs + holdMs - performance.now();
  const shown = dueInMs <= 0 ? value : taken.current.value;
  useEffect(() => {
    if (shown !== value) {
      const timer = setTimeout(wake, dueInMs);
      return () => clearTimeout(timer);
    }
    if (taken.current.value !== value) taken.current = { value, atMs: performance.now() };
    return undefined;
  }, [shown, value, dueInMs]);
  return shown;
}
