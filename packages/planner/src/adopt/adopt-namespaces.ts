import { type Node, parseNodeName } from '@vethlab/topology';
import type { AdoptionWork } from './adoption-work.js';
import { withKind, withLoopback } from './kind.js';

/** Namespaces that came become nodes, nodes whose namespace is gone go. Then what each is. */
export function adoptNamespaces(work: AdoptionWork): void {
  const { choice, nodes } = work;
  for (const name of work.view) {
    const namespace = work.namespace(name);
    const isNode = nodes.has(name);
    if (namespace !== null && !isNode) {
      const parsed = parseNodeName(name);
      if (!parsed.ok) work.leave(name, undefined, `the namespace ${name}`, parsed.problem.detail);
      else if (choice.namespace(name)) {
        nodes.set(name, { kind: 'host', interfaces: {}, routes: [] });
        work.fresh.add(name);
      }
    } else if (namespace === null && isNode && choice.namespace(name)) {
      nodes.delete(name);
      work.removed.add(name);
    }
  }
  for (const { name, node, namespace } of work.members()) {
    const isNew = work.fresh.has(name);
    let adopted = node;
    if (isNew || choice.kind(name)) adopted = withKind(adopted, namespace, isNew);
    if (isNew || choice.settings(name, 'lo')) adopted = withLoopback(adopted, namespace);
    if (!isSame(adopted, node)) nodes.set(name, adopted);
  }
}

function isSame(a: Node, b: Node): boolean {
  return a.kind === b.kind && a.forwards === b.forwards && a.loopback === b.loopback && a.stp === b.stp;
}
