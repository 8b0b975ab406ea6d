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
  return others.length === 0 ? beyondLine(first) : `${beyond.length} in the kernel only`;
}
