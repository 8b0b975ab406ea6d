import type { LabelSide } from '../geometry/label-side';

/** Which side a caption stands on, and whether there is room for more than the name. */
export interface CaptionChoice {
  readonly side: LabelSide;
  readonly full: boolean;
}

/** On which side of its wire the text of an end stands, and how many of its lines have room: the name first. */
export interface EndChoice {
  readonly flipped: boolean;
  readonly lines: number;
}

export interface LinkChoice {
  readonly ends: readonly [EndChoice, EndChoice];
  /** Where on the wire the small label is, as a share of its length; null: no room. */
  readonly middle: number | null;
}

export interface ArcChoice {
  /** Where on the arc the label is, as a share of its length. */
  readonly at: number;
  /** Room only for its sign. */
  readonly short: boolean;
}

/** What of all labels is shown, and where. What has no room comes with the pointer or the selection. */
export interface LabelPlan {
  readonly captions: ReadonlyMap<string, CaptionChoice>;
  readonly links: ReadonlyMap<string, LinkChoice>;
  /** Of pings and tunnels. */
  readonly arcs: ReadonlyMap<string, ArcChoice>;
}

export const emptyPlan: LabelPlan = { captions: new Map(), links: new Map(), arcs: new Map() };

/** Before there is a plan: everything at its usual place. */
export const usualLink: LinkChoice = {
  ends: [
    { flipped: false, lines: Number.POSITIVE_INFINITY },
    { flipped: false, lines: Number.POSITIVE_INFINITY },
  ],
  middle: 0.5,
};
export const usualArc: ArcChoice = { at: 0.5, short: false };

/** The new plan, with the very choices of the old one where they say the same, so that only what moves is drawn. */
export function keepSame(before: LabelPlan, after: LabelPlan): LabelPlan {
  return {
    captions: kept(before.captions, after.captions, (a, b) => a.side === b.side && a.full === b.full),
    links: kept(before.links, after.links, sameLink),
    arcs: kept(before.arcs, after.arcs, (a, b) => a.at === b.at && a.short === b.short),
  };
}

function kept<Choice>(
  before: ReadonlyMap<string, Choice>,
  after: ReadonlyMap<string, Choice>,
  isSame: (a: Choice, b: Choice) => boolean,
): ReadonlyMap<string, Choice> {
  return new Map(
    [...after].map(([id, choice]) => {
      const old = before.get(id);
      return [id, old !== undefined && isSame(old, choice) ? old : choice];
    }),
  );
}

function sameLink(a: LinkChoice, b: LinkChoice): boolean {
  return (
    a.middle === b.middle &&
    a.ends.every((end, index) => {
      const other = b.ends[index];
      return end.flipped === other?.flipped && end.lines === other.lines;
    })
  );
}
