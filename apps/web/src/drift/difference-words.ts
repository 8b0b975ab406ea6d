import type { Difference } from './differences';

interface Look {
  /** A sign of its own, so that the kind is known in grey. */
  readonly sign: string;
  readonly word: string;
  /** What Adopt does, in a few words. */
  readonly adopt: string;
  readonly revert: string;
  /** The word on the button that brings the kernel back. */
  readonly revertLabel: string;
}

/** The words for each kind of difference: what it is, what adopting does, what reverting does. */
export const differenceWords: Readonly<Record<Difference['kind'], Look>> = {
  missing: {
    sign: '−',
    word: 'missing',
    adopt: 'Takes it out of the lab, as somebody took it out of the kernel',
    revert: 'Makes it again',
    revertLabel: 'Revert',
  },
  changed: {
    sign: '~',
    word: 'changed',
    adopt: 'The lab says from now on what the kernel says',
    revert: 'Sets it back to what the lab says',
    revertLabel: 'Revert',
  },
  unexpected: {
    sign: '+',
    word: 'not in the lab',
    adopt: 'Makes it part of the lab',
    revert: 'Removes it from the kernel',
    revertLabel: 'Remove',
  },
};
