import { maximumNodeNameLength, type NodeKind } from '@vethlab/topology';

const prefixes: Readonly<Record<NodeKind, string>> = { host: 'h', router: 'r', switch: 'sw', internet: 'inet' };

/** A name for a copy: the next number after the same stem (`ns1` → `ns2`, `web` → `web2`), not among `taken`. */
export function copyName(original: string, kind: NodeKind, taken: ReadonlySet<string>): string {
  const stem = original.replace(/[0-9]+$/, '') || prefixes[kind];
  const first = Number.parseInt(original.slice(stem.length), 10);
  // A number of sixteen digits cannot be counted up exactly; start over at 2.
  for (let number = Number.isSafeInteger(first + 1) ? first + 1 : 2; ; number += 1) {
    const suffix = number.toString();
    const name = `${stem.slice(0, maximumNodeNameLength - suffix.length)}${suffix}`;
    if (!taken.has(name)) return name;
  }
}
