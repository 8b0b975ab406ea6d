import { OUR_TABLE } from '@vethlab/planner';
import type { LiveCount, LiveList } from '@vethlab/protocol';
import { bounded } from '../bounded.js';
import type { LookContext } from '../look-context.js';

/** What the rules of the lab's own table have counted, without a process. */
export function readCounted(look: LookContext): LiveList<LiveCount> {
  const ours = look.namespace.tables.chains().filter(({ family, table }) => family === 'inet' && table === OUR_TABLE);
  return bounded(
    ours.flatMap(({ name, rules }) =>
      rules.flatMap(({ counter }, index) => (counter === null ? [] : [{ chain: name, index, ...counter }])),
    ),
  );
}
