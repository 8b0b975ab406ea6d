import type { ObservedBeyond } from '@vethlab/observed';
import { beyondName } from '@vethlab/planner';
import { visibleText } from '../format/visible-text';

export function beyondLine({ kind, text }: ObservedBeyond): string {
  return kind === 'sysctl' ? visibleText(text) : `${beyondName[kind]} ${visibleText(text)}`;
}

/** All of a node in a few words; null: there is nothing. */
export function beyondText(beyond: readonly ObservedBeyond[]): string | null {
  const [first, ...others] = beyond;
  if (first === undefined) return null;
  return others.length === 0 ? shortLine(first) : `${beyond.length} in the kernel only`;
}

/** What tells one sysctl from another stands at its end, where a caption has no room any more. */
export function shortLine(one: ObservedBeyond): string {
  const line = beyondLine(one);
  if (one.kind !== 'sysctl') return line;
  return line.replace(/^net\.ipv4\.(conf\.)?/, '').replace(/^net\.ipv6\.(conf\.)?/, 'ipv6 ');
}
