import { type NodeKind, probeKey } from '@vethlab/topology';
import type { Action } from '../../app/actions';
import { labStore, lackOfWayOut } from '../../lab';
import { viewActions, viewStore } from '../../view';
import { addNode } from '../acts/add-node';
import { alignSelection } from '../acts/align-selection';
import { canPaste, copySelection, cutSelection, duplicateSelection, paste } from '../acts/clipboard';
import { deleteSelection } from '../acts/delete-selection';
import { chosenLinks, toggleChosenLinks } from '../acts/set-links-up';
import { startPicking } from '../acts/start-picking';
import { tidyUp } from '../acts/tidy-up';
import type { Alignment } from '../placement/align';
import { leaveUnfinished, setCanvas, type Tool } from '../state/canvas-store';
import { canvasView } from '../state/canvas-view';
import { asLinkKey, asNodeName } from '../state/names';
import { focusInspector } from './focus-inspector';
import { canvasHasKeys } from './focus-place';

const open = (): boolean => labStore.getState().topology !== null;
const chosenNodes = () => viewStore.getState().selection.nodes;
const oneNode = (): boolean => chosenNodes().length === 1;
const anything = (): boolean => {
  const { nodes, links, probes, ghosts } = viewStore.getState().selection;
  return nodes.length + links.length + probes.length + ghosts.length > 0;
};
const hasNodes = (): boolean => Object.keys(labStore.getState().topology?.nodes ?? {}).length > 0;

const add = (kind: NodeKind, key: string): Action => ({
  id: `add.${kind}`,
  label: `Add ${kind}`,
  group: 'Add',
  keys: [key],
  keywords: ['node', 'namespace', 'new'],
  enabled: () => open() && (kind !== 'internet' || lackOfWayOut(labStore.getState()) === null),
  run: () => addNode(kind),
});

const tool = (id: Tool, label: string, key: string): Action => ({
  id: `canvas.tool-${id}`,
  label,
  group: 'View',
  keys: [key],
  enabled: open,
  run: () => setCanvas({ tool: id }),
});

const arrange = (how: Alignment, label: string): Action => ({
  id: `canvas.align-${how}`,
  label,
  group: 'Edit',
  keywords: ['align', 'distribute', 'arrange'],
  enabled: () => chosenNodes().length > 1,
  run: () => alignSelection(how),
});

const gesture = (id: string, label: string, keys: readonly string[], group: Action['group'] = 'View'): Action => ({
  id: `canvas.gesture-${id}`,
  label,
  group,
  keys,
  keysHandledElsewhere: true,
  hiddenInPalette: true,
  run: () => undefined,
});

function selectAll(): void {
  const topology = labStore.getState().topology;
  if (topology === null) return;
  viewActions.select({
    nodes: Object.keys(topology.nodes).map(asNodeName),
    links: topology.links.map((link) => asLinkKey(`${link.endpoints[0]}--${link.endpoints[1]}`)),
    probes: topology.probes.map(probeKey),
  });
}

/** Everything one can do on the canvas: one list for keyboard, command palette, context menus and the list of shortcuts. */
export const canvasActions: readonly Action[] = [
  add('host', 'shift+h'),
  add('router', 'shift+r'),
  add('switch', 'shift+s'),
  add('internet', 'shift+i'),
  {
    id: 'canvas.wire-from',
    label: 'Wire from here',
    group: 'Add',
    keys: ['l'],
    keywords: ['link', 'cable', 'connect', 'veth'],
    enabled: oneNode,
    run: () => void startPicking('wire'),
  },
  {
    id: 'canvas.ping-from',
    label: 'Ping from here',
    group: 'Add',
    keys: ['p'],
    keywords: ['probe', 'icmp'],
    enabled: oneNode,
    run: () => void startPicking('ping'),
  },
  {
    id: 'canvas.rename',
    label: 'Rename',
    group: 'Edit',
    keys: ['f2'],
    enabled: oneNode,
    run: () => setCanvas({ renaming: chosenNodes()[0] ?? null }),
  },
  {
    id: 'canvas.edit',
    label: 'Edit in the inspector',
    group: 'Edit',
    keys: ['enter'],
    keysHandledElsewhere: true,
    enabled: anything,
    run: focusInspector,
  },
  {
    id: 'canvas.toggle-link',
    label: () => (chosenLinks().some((link) => link.up) ? 'Take the link down' : 'Bring the link up'),
    group: 'Edit',
    keys: ['u'],
    keywords: ['down', 'up', 'break', 'admin state'],
    enabled: () => chosenLinks().length > 0,
    run: toggleChosenLinks,
  },
  {
    id: 'canvas.delete',
    label: 'Delete',
    group: 'Edit',
    keys: ['delete', 'backspace'],
    keywords: ['remove'],
    enabled: () => anything() && canvasHasKeys(),
    run: deleteSelection,
  },
  {
    id: 'canvas.copy',
    label: 'Copy',
    group: 'Edit',
    keys: ['mod+c'],
    enabled: () => chosenNodes().length > 0 && canvasHasKeys(),
    run: () => void copySelection(),
  },
  {
    id: 'canvas.cut',
    label: 'Cut',
    group: 'Edit',
    keys: ['mod+x'],
    enabled: () => chosenNodes().length > 0 && canvasHasKeys(),
    run: cutSelection,
  },
  {
    id: 'canvas.paste',
    label: 'Paste',
    group: 'Edit',
    keys: ['mod+v'],
    enabled: () => canPaste() && canvasHasKeys(),
    run: paste,
  },
  {
    id: 'canvas.duplicate',
    label: 'Duplicate',
    group: 'Edit',
    keys: ['mod+d'],
    enabled: () => chosenNodes().length > 0,
    run: duplicateSelection,
  },
  {
    id: 'canvas.select-all',
    label: 'Select all',
    group: 'Select',
    keys: ['mod+a'],
    enabled: () => hasNodes() && canvasHasKeys(),
    run: selectAll,
  },
  {
    id: 'canvas.leave',
    label: 'Leave, or select nothing',
    group: 'Select',
    keys: ['escape'],
    hiddenInPalette: true,
    run: () => {
      if (!leaveUnfinished()) viewActions.clearSelection();
    },
  },
  tool('select', 'Select and move', 'v'),
  tool('pan', 'Pan (hand)', 'h'),
  tool('wire', 'Wire from any place of a node', 'c'),
  {
    id: 'canvas.fit',
    label: 'Fit to the window',
    group: 'View',
    keys: ['1'],
    enabled: open,
    run: () => canvasView()?.fit(),
  },
  {
    id: 'canvas.zoom-in',
    label: 'Zoom in',
    group: 'View',
    keys: ['+', '='],
    enabled: open,
    run: () => canvasView()?.zoomBy(1.25),
  },
  {
    id: 'canvas.zoom-out',
    label: 'Zoom out',
    group: 'View',
    keys: ['-'],
    enabled: open,
    run: () => canvasView()?.zoomBy(0.8),
  },
  {
    id: 'canvas.tidy-up',
    label: 'Tidy up',
    group: 'Edit',
    keys: ['shift+t'],
    keywords: ['layout', 'arrange', 'elk'],
    enabled: hasNodes,
    run: tidyUp,
  },
  arrange('row', 'Align in a row'),
  arrange('column', 'Align in a column'),
  arrange('spread-across', 'Spread evenly across'),
  arrange('spread-down', 'Spread evenly downwards'),
  gesture('move', 'Move what is selected', ['arrows'], 'Edit'),
  gesture('move-far', 'Move it ten steps', ['shift+arrows'], 'Edit'),
  gesture('pan', 'Pan: drag with Space held, or the wheel', ['space+drag']),
  gesture('zoom', 'Zoom: wheel with Ctrl held, or pinch', ['ctrl+wheel']),
  gesture('box', 'Select with a box: drag on the canvas', ['drag'], 'Select'),
  gesture('add-to-selection', 'Add to the selection', ['shift+click'], 'Select'),
];
