import type { Complaint } from './use-draft';

/**
 * What Enter, or leaving a field, does with its text. `revert`: it is what the document says already. `keep`: it was
 * refused by the check, so nothing is sent and the text stays where it is. `send`: off to the server.
 */
export function nextStep(
  text: string,
  value: string,
  check: (text: string) => Complaint | null,
  clearAfter: boolean,
): 'revert' | 'keep' | 'send' {
  if (text === value || (clearAfter && text === '')) return 'revert';
  return check(text) === null ? 'send' : 'keep';
}
