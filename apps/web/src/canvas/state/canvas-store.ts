import type { Cidr, Diagnostic, LinkKey, NodeName, Position } from '@vethlab/topology';
import { create } from 'zustand';

/** Select and move (V), pan (H), or draw wires from any place of a node (C). */
export type Tool = 'select' | 'pan' | 'wire';

/** A subnet proposed for a new link; accepting it sets both addresses in one edit. */
export interface SubnetOffer {
  readonly link: LinkKey;
  /** For people: `192.168.1.0/24`, or the one address a host would get. */
  readonly title: string;
  readonly addresses: readonly { readonly node: NodeName; readonly ifname: string; readonly address: Cidr }[];
}

/** A refusal or a remark shown at the place of the act until the next act or Esc. */
export interface PlaceNote {
  /** Node it belongs to; null: the middle of the canvas. */
  readonly node: string | null;
  readonly diagnostics: readonly Pick<Diagnostic, 'summary' | 'detail' | 'severity' | 'fix'>[];
}

/** What is about to be lost with a deletion, and who waits for the answer. */
export interface DeleteQuestion {
  readonly lost: readonly string[];
  readonly answer: (sure: boolean) => void;
}

/** What lives in the canvas alone: tools, gestures that are not finished, and places of nodes that the document gives none. */
export interface CanvasState {
  readonly tool: Tool;
  /** Positions of nodes under the pointer or an arrow key, until they are dropped. */
  readonly dragged: ReadonlyMap<string, Position>;
  /** Computed places of nodes without one in the document. Saved with the next move, not before: opening must not rewrite. */
  readonly computed: ReadonlyMap<string, Position>;
  /** Choosing the other end of a wire, or the target of a ping. */
  readonly picking: { readonly purpose: 'wire' | 'ping'; readonly from: NodeName } | null;
  /** Node that the picker points at. */
  readonly candidate: string | null;
  readonly renaming: NodeName | null;
  readonly offer: SubnetOffer | null;
  readonly note: PlaceNote | null;
  readonly deleteQuestion: DeleteQuestion | null;
  /** Nodes glide to their places for a moment after "Tidy up". */
  readonly gliding: boolean;
  /** The last thing that pressed on the page was a finger: it pans where a mouse would select, and asks for no keyboard. */
  readonly byFinger: boolean;
}

export const useCanvasStore = create<CanvasState>()(() => ({
  tool: 'select',
  dragged: new Map(),
  computed: new Map(),
  picking: null,
  candidate: null,
  renaming: null,
  offer: null,
  note: null,
  deleteQuestion: null,
  gliding: false,
  byFinger: false,
}));

export const canvasState = (): CanvasState => useCanvasStore.getState();
export const setCanvas = (part: Partial<CanvasState>): void => useCanvasStore.setState(part);

/** Ends whatever is unfinished; true when there was something to end. Order: the newest on top goes first. */
export function leaveUnfinished(): boolean {
  const state = canvasState();
  if (state.renaming !== null) setCanvas({ renaming: null });
  else if (state.picking !== null) setCanvas({ picking: null, candidate: null });
  else if (state.offer !== null) setCanvas({ offer: null });
  else if (state.note !== null) setCanvas({ note: null });
  else if (state.tool !== 'select') setCanvas({ tool: 'select' });
  else return false;
  return true;
}
