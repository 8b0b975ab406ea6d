import type { CommandStatus } from '@vethlab/protocol';
import { hasFailed } from './command-words';

type Statuses = Readonly<Record<string, CommandStatus>>;

const known = new WeakMap<Statuses, ReadonlyMap<string, readonly string[]>>();

/**
 * Names of the commands that failed, by node. Worked out once for all nodes: a thousand of them ask whenever anything in the lab
 * changes. The list of a node is the same object as long as the statuses are.
 */
export function failedCommands(statuses: Statuses): ReadonlyMap<string, readonly string[]> {
  const cached = known.get(statuses);
  if (cached !== undefined) return cached;
  const made = new Map<string, string[]>();
  for (const status of Object.values(statuses)) {
    if (!hasFailed(status)) continue;
    const names = made.get(status.node);
    if (names === undefined) made.set(status.node, [status.name]);
    else names.push(status.name);
  }
  known.set(statuses, made);
  return made;
}
