/** What becomes of what is typed. */
export const followWords = {
  on: 'Following: what you type in a terminal becomes part of the lab.',
  off: 'Not following: what you type in a terminal shows as a difference, to adopt or to revert.',
} as const;
