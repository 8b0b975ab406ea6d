import { type Edit, probeSource } from '@vethlab/topology';
import { ghostsNow } from '../../drift/ghosts-now';
import { labActions, labStore } from '../../lab';
import { viewActions, viewStore } from '../../view';
import { ghostEdgeId, ghostNodeId } from '../ghosts/ghost-ids';
import { setCanvas } from '../state/canvas-store';
import { endpointParts } from '../state/names';
import { lostWith } from './lost-with';
import { perform } from './perform';

/**
 * Deletes what is selected in one edit and says what went with it, with Undo at hand. Nothing asks first, because undo is one key away, but what undo does
 * not bring back: things in a node that no document has.
 */
export async function deleteSelection(): Promise<void> {
  if (!(await isSure())) return;
  await removeGhosts();
  const edit = deletionOf(viewStore.getState().selection, labStore.getState().topology?.links ?? []);
  if (edit === null) return;
  const outcome = await perform(edit, null);
  if (!outcome.ok) return;
  // What is gone is let go of by itself (usePresentSelection); a quick person has chosen something new meanwhile.
  tellRemoved(outcome.summary);
}

async function isSure(): Promise<boolean> {
  const lab = labStore.getState();
  const lost = lostWith(viewStore.getState().selection.nodes, lab.observed, ghostsNow(lab));
  if (lost.length === 0) return true;
  return new Promise((answer) => setCanvas({ deleteQuestion: { lost, answer } }));
}

/** What is not in the document is removed from the kernel; no document could bring it back. */
async function removeGhosts(): Promise<void> {
  const { ghosts } = viewStore.getState().selection;
  if (ghosts.length === 0) return;
  const found = ghostsNow(labStore.getState());
  const isChosen = (id: string): boolean => ghosts.includes(id);
  const ids = [
    ...found.namespaces.flatMap(({ id, name }) => (isChosen(ghostNodeId(name)) ? id : [])),
    ...found.pairs.flatMap(({ id }) => (isChosen(ghostEdgeId(id)) ? id : [])),
  ];
  if (ids.length > 0) await labActions.repair(ids);
}

const noticeId = 'canvas.deleted';

/** Says what went, with Undo, for as long as Undo means this: the next edit, or an undo by key, takes the notice away. */
function tellRemoved(summary: string): void {
  const label = labStore.getState().undoLabel;
  const dismiss = (): void => {
    stop();
    viewActions.dismiss(noticeId);
  };
  const stop = labStore.subscribe((lab) => {
    if (lab.undoLabel !== label) dismiss();
  });
  viewActions.notify({
    id: noticeId,
    level: 'info',
    text: summary,
    action: {
      label: 'Undo',
      run: () => {
        dismiss();
        void labActions.undo();
      },
    },
  });
}

interface Selected {
  readonly nodes: ReturnType<typeof viewStore.getState>['selection']['nodes'];
  readonly links: ReturnType<typeof viewStore.getState>['selection']['links'];
  readonly probes: ReturnType<typeof viewStore.getState>['selection']['probes'];
}

/**
 * The edit for a selection, or null when it is empty. Links and probes of a deleted node go with it and are not named twice.
 * A deleted link takes its two interfaces along: they came with it, and a veth end without its peer cannot exist.
 */
export function deletionOf(
  selection: Selected,
  links: readonly { readonly endpoints: readonly [string, string] }[],
): Edit | null {
  const nodes = new Set<string>(selection.nodes);
  const edits: Edit[] = [];
  for (const link of selection.links) {
    const endpoints = links.find((one) => `${one.endpoints[0]}--${one.endpoints[1]}` === link)?.endpoints;
    if (endpoints?.some((end) => nodes.has(endpointParts(end)[0])) === true) continue;
    edits.push({ type: 'disconnect', link, removeInterfaces: true });
  }
  for (const probe of selection.probes) {
    if (!nodes.has(probeSource(probe))) edits.push({ type: 'remove-probe', probe });
  }
  // A probe to a node's address goes with the node, so probes must be named before the nodes are gone.
  if (selection.nodes.length > 0) edits.push({ type: 'remove-nodes', nodes: selection.nodes });
  if (edits.length === 1) return edits[0] ?? null;
  return edits.length === 0 ? null : { type: 'batch', edits };
}
