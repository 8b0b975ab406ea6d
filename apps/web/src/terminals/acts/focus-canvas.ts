import { canvasView } from '../../canvas/state/canvas-view';
import { asNodeName } from '../../canvas/state/names';
import { labStore } from '../../lab';
import { viewActions } from '../../view';

/** To a node on the canvas (of a terminal: the one it runs in); where there is none, to the first thing that is there. */
export function focusCanvas(name: string | null): void {
  const node = Object.keys(labStore.getState().topology?.nodes ?? {}).find((known) => known === name);
  const focusFirst = (): void =>
    document
      .querySelector<HTMLElement>('[data-canvas] .react-flow__node, [data-node-palette] button, [data-canvas] button')
      ?.focus();
  if (node === undefined) {
    focusFirst();
    return;
  }
  viewActions.reveal({ nodes: [asNodeName(node)] });
  // Two frames: one to bring it into sight, one to draw it.
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      canvasView()?.focusNode(node);
      if (document.activeElement?.closest('[data-terminals]') !== null) focusFirst();
    }),
  );
}
