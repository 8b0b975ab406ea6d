import { type LivePieces, type LiveSection, liveSections } from '@vethlab/protocol';

/** One namespace that is looked at: what is wanted of it, and what was told last. */
export class WatchedNamespace {
  readonly name: string;
  sections: ReadonlySet<LiveSection> = new Set();
  /** Told last; null: nothing yet. */
  present: boolean | null = null;
  /** When the firewall is to be read again, on the monotonic clock, in milliseconds. */
  firewallDue = 0;
  firewallUnderWay = false;
  /** Stamp of the last reading, when it found no rules (`stampOfNoRules`). */
  noRulesAt: number | null = null;
  readonly #told = new Map<LiveSection, string>();

  constructor(name: string) {
    this.name = name;
  }

  /** Sections that are wanted no more are forgotten: asked for again, they are told again. True when one is new. */
  want(sections: readonly LiveSection[]): boolean {
    const before = this.sections;
    this.sections = new Set(sections);
    for (const section of before) if (!this.sections.has(section)) this.#told.delete(section);
    const isNew = sections.some((section) => !before.has(section));
    if (isNew && !before.has('firewall')) this.#readFirewallAnew();
    return isNew;
  }

  /** Of what was read only what is wanted and differs from what was told last, which it counts as told from now on. */
  news(pieces: LivePieces): LivePieces {
    const changed = liveSections.filter((section) => {
      const piece = pieces[section];
      if (piece === undefined || !this.sections.has(section)) return false;
      const text = JSON.stringify(piece);
      if (this.#told.get(section) === text) return false;
      this.#told.set(section, text);
      return true;
    });
    return Object.fromEntries(changed.map((section) => [section, pieces[section]])) as LivePieces;
  }

  /** The namespace is gone, or another one has its name. */
  forget(): void {
    this.#told.clear();
    this.#readFirewallAnew();
  }

  #readFirewallAnew(): void {
    this.firewallDue = 0;
    this.noRulesAt = null;
  }
}
