import type { NamespaceDelta, ObservedDelta } from './delta.js';
import { recordOf } from './record.js';

/**
 * One delta that says the same as `first` and then `second`, so that a slow reader gets one message instead of many.
 * A namespace that was gone in `first` and is back in `second` is told whole, and replaces what the reader had.
 */
export function mergeDeltas(first: ObservedDelta, second: ObservedDelta): ObservedDelta {
  const merged = new Map<string, NamespaceDelta | null>(Object.entries(first.namespaces));
  for (const [name, later] of Object.entries(second.namespaces)) {
    const earlier = merged.get(name);
    merged.set(name, earlier === undefined || later === null ? later : mergeNamespace(earlier, later));
  }
  const root =
    first.root === undefined || second.root === undefined
      ? (second.root ?? first.root)
      : { ...first.root, ...second.root };
  const rootBeyond = second.rootBeyond ?? first.rootBeyond;
  return {
    namespaces: recordOf(merged),
    ...(root === undefined ? {} : { root }),
    ...(rootBeyond === undefined ? {} : { rootBeyond }),
  };
}

function mergeNamespace(earlier: NamespaceDelta | null, later: NamespaceDelta): NamespaceDelta {
  if (earlier === null || later.inode !== undefined) return later;
  const interfaces =
    earlier.interfaces === undefined || later.interfaces === undefined
      ? (later.interfaces ?? earlier.interfaces)
      : { ...earlier.interfaces, ...later.interfaces };
  return { ...earlier, ...later, ...(interfaces === undefined ? {} : { interfaces }) };
}
