import type { LiveSection } from '@vethlab/protocol';
import { useEffect, useSyncExternalStore } from 'react';
import { labActions, livenessOf, useLabStore } from '../../lab';

/**
 * Has a namespace read while it is looked at: not in a hidden tab, not without connection, and not when nothing runs. Whoever comes
 * back asks again.
 */
export function useInspect(node: string | null, sections: readonly LiveSection[]): void {
  const isLive = useLabStore((lab) => livenessOf(lab) === 'live');
  const visible = useSyncExternalStore(subscribeVisibility, () => document.visibilityState === 'visible');
  const wanted = sections.join(',');
  useEffect(() => {
    if (!isLive || node === null) return;
    if (visible) labActions.inspect(node, wanted === '' ? [] : (wanted.split(',') as LiveSection[]));
    // What was read stays in sight for whoever comes back.
    else labActions.inspect(null, []);
  }, [node, wanted, isLive, visible]);
  useEffect(() => () => labActions.leaveLive(), []);
}

function subscribeVisibility(listener: () => void): () => void {
  document.addEventListener('visibilitychange', listener);
  return () => document.removeEventListener('visibilitychange', listener);
}
