import { ContextMenu } from 'radix-ui';
import { type ReactNode, useState } from 'react';
import { actionById, isEnabled, labelOf, runAction } from '../../app/actions';
import { Kbd } from '../../ui';
import { selectAt } from '../state/select-at';
import { type MenuPlace, menuItems } from './menu-items';

/** The context menu of the canvas, of a node, or of a link. Its items are actions of the registry, so words and keys are the same everywhere. */
export function CanvasMenu({ children }: { readonly children: ReactNode }): React.JSX.Element {
  const [place, setPlace] = useState<MenuPlace>('canvas');
  return (
    // Not modal: the modal form of Radix adds a style element to the page, which the content security policy forbids.
    <ContextMenu.Root modal={false}>
      <ContextMenu.Trigger
        asChild
        onContextMenuCapture={(event) => {
          const at = placeOf(event.target);
          setPlace(at);
          if (at !== 'canvas' && event.target instanceof Element) selectAt(event.target, 'keep');
        }}
      >
        {children}
      </ContextMenu.Trigger>
      <ContextMenu.Portal>
        <ContextMenu.Content
          collisionPadding={8}
          className="z-50 min-w-56 rounded-lg border border-line bg-raised p-1 text-ui shadow-raised"
          onCloseAutoFocus={(event) => event.preventDefault()}
        >
          <MenuItems place={place} />
        </ContextMenu.Content>
      </ContextMenu.Portal>
    </ContextMenu.Root>
  );
}

function MenuItems({ place }: { readonly place: MenuPlace }): React.JSX.Element {
  return (
    <>
      {menuItems[place].map((group, index) => (
        <ContextMenu.Group key={group.join(' ')}>
          {index === 0 ? null : <ContextMenu.Separator className="my-1 h-px bg-line" />}
          {group.map((id) => (
            <MenuAction key={id} id={id} />
          ))}
        </ContextMenu.Group>
      ))}
    </>
  );
}

function MenuAction({ id }: { readonly id: string }): React.JSX.Element | null {
  const action = actionById(id);
  if (action === undefined || (onlyWhenEnabled.has(id) && !isEnabled(action))) return null;
  const keys = action.keys?.[0];
  // "Delete" and the clipboard ask where the focus is, and now it is in the menu; the menu itself is leave enough.
  return (
    <ContextMenu.Item
      disabled={!isEnabled(action) && !alwaysInMenu.has(id)}
      onSelect={() => requestAnimationFrame(() => (alwaysInMenu.has(id) ? void action.run() : runAction(id)))}
      className="flex h-8 cursor-default items-center gap-4 rounded-md px-2 outline-none select-none data-[disabled]:opacity-50 data-[highlighted]:bg-hover"
    >
      <span className="flex-1">{labelOf(action)}</span>
      {keys === undefined ? null : <Kbd keys={keys} />}
    </ContextMenu.Item>
  );
}

/** Of no use to a single node, and not missed there. */
const onlyWhenEnabled = new Set([
  'canvas.align-row',
  'canvas.align-column',
  'canvas.toggle-link',
  'drift.adopt',
  'drift.revert',
]);

const alwaysInMenu = new Set(['canvas.delete', 'canvas.copy', 'canvas.cut', 'canvas.select-all']);

function placeOf(target: EventTarget): MenuPlace {
  if (!(target instanceof Element)) return 'canvas';
  if (target.closest('.react-flow__node-managed, .react-flow__nodesselection') !== null) return 'node';
  if (target.closest('.react-flow__node-unmanaged, .react-flow__edge-ghost') !== null) return 'ghost';
  const edge = target.closest('.react-flow__edge');
  if (edge === null || edge.classList.contains('react-flow__edge-tunnel')) return 'canvas';
  return edge.classList.contains('react-flow__edge-probe') ? 'probe' : 'link';
}
