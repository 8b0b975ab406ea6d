import type { ObservedBeyond } from '@vethlab/observed';

/** What is read together of what no document can say: rules and routes of policy routing, neighbours, forwarding tables, tables of rules, sysctls. */
export type BeyondPart = 'policy' | 'neighbours' | 'fdb' | 'tables' | 'sysctls';

export const beyondParts: readonly BeyondPart[] = ['policy', 'neighbours', 'fdb', 'tables', 'sysctls'];

const partOfKind: Readonly<Record<ObservedBeyond['kind'], BeyondPart>> = {
  rule: 'policy',
  route: 'policy',
  neighbour: 'neighbours',
  fdb: 'fdb',
  table: 'tables',
  sysctl: 'sysctls',
};

/** The parts of which something was seen. */
export function partsOf(beyond: readonly ObservedBeyond[]): ReadonlySet<BeyondPart> {
  return new Set(beyond.map(({ kind }) => partOfKind[kind]));
}
