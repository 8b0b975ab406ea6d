/** The longest time an event loop was held. */
export interface LoopFigures {
  /** From one turn to the next, in ms. */
  readonly heldMs: number;
  /** The most of a turn that was not spent in waiting for a core, in ms: what the process itself held it for. */
  readonly ownMs: number;
}
