import { type ObservedBeyond, ROOT_NAMESPACE } from '@vethlab/observed';
import type { LabNamespace } from '../../kernel/namespaces.js';

/** Tables of nf_tables that have rules, in the root namespace. Those of a node are compared with its document. */
export function lookAtTables({ name, tables }: LabNamespace): readonly ObservedBeyond[] {
  if (name !== ROOT_NAMESPACE) return [];
  return tables.look().flatMap(({ family, name: table, chains }) => {
    const count = chains.reduce((sum, { rules }) => sum + rules.length, 0);
    // iptables(8) makes empty ones when it lists.
    return count === 0
      ? []
      : [{ kind: 'table', text: `${family} ${table}: ${count} ${count === 1 ? 'rule' : 'rules'}` }];
  });
}
