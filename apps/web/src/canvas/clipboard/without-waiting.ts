import type { WaitingCommand } from '@vethlab/protocol';
import { commandEntries } from '@vethlab/topology';
import type { Copied } from './copy';

/**
 * What was copied, without the commands that nobody has agreed to: pasted, even into another lab, they would come from a person who
 * has perhaps never read them.
 */
export function withoutWaiting(
  copied: Copied,
  waiting: readonly WaitingCommand[],
): { readonly copied: Copied; readonly leftOut: number } {
  let leftOut = 0;
  const nodes = copied.nodes.map((item) => {
    const asked = new Set(waiting.filter(({ node }) => node === item.name).map(({ name }) => name));
    const kept = commandEntries(item.node).filter(([name]) => !asked.has(name));
    const count = commandEntries(item.node).length;
    if (kept.length === count) return item;
    leftOut += count - kept.length;
    return { ...item, node: { ...item.node, commands: Object.fromEntries(kept) } };
  });
  return { copied: { ...copied, nodes }, leftOut };
}
