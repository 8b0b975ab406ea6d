import { useEffect, useRef } from 'react';

/** The same array as last time when it holds the same items, so that what is derived from it is not derived again. */
export function useSameList<Item>(list: readonly Item[]): readonly Item[] {
  const last = useRef(list);
  const before = last.current;
  const same = before.length === list.length && before.every((item, index) => Object.is(item, list[index]));
  const kept = same ? before : list;
  useEffect(() => {
    last.current = kept;
  }, [kept]);
  return kept;
}
