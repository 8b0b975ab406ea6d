import type { Change, TopologyDiff } from '@vethlab/topology';
import { partsOf } from './desired/link-index.js';

/** The nodes that an edit touches, by their names of now and of before: the scope of its plan. */
export function scopeOf(diff: TopologyDiff): ReadonlySet<string> {
  const scope = new Set<string>();
  for (const rename of diff.renames) {
    if (rename.object === 'interface') {
      scope.add(rename.node);
      continue;
    }
    scope.add(rename.from);
    scope.add(rename.to);
  }
  for (const change of diff.changes) for (const name of nodesOf(change)) scope.add(name);
  return scope;
}

function nodesOf(change: Change): string[] {
  switch (change.record) {
    case 'node':
    case 'interface':
      return [change.node];
    case 'link':
      return [change.before, change.after].flatMap((link) =>
        link === null ? [] : link.endpoints.map((endpoint) => partsOf(endpoint).namespace),
      );
    default:
      return [];
  }
}
