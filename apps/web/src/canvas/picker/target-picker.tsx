import { NodeToolbar, Position } from '@xyflow/react';
import { useEffect, useId, useRef, useState } from 'react';
import { useLabStore } from '../../lab';
import { classNames } from '../../ui';
import { addPing } from '../acts/add-ping';
import { connectNodes } from '../acts/connect-nodes';
import { emptyLab } from '../hooks/empty-lab';
import { type CanvasState, canvasState, setCanvas, useCanvasStore } from '../state/canvas-store';
import { canvasView } from '../state/canvas-view';
import { placesNow } from '../state/places-now';
import { pingTargets, type Target, wireTargets } from './targets';

const selectPicking = (canvas: CanvasState) => canvas.picking;

/** The small list at a node that asks where its wire, or its ping, should go: arrows or typing, Enter; or a click on a node. */
export function TargetPicker(): React.JSX.Element | null {
  const picking = useCanvasStore(selectPicking);
  if (picking === null) return null;
  return <Picker key={`${picking.purpose} ${picking.from}`} purpose={picking.purpose} from={picking.from} />;
}

type Picking = NonNullable<CanvasState['picking']>;

function Picker({ purpose, from }: Picking): React.JSX.Element {
  const topology = useLabStore((lab) => lab.topology) ?? emptyLab;
  const [typed, setTyped] = useState('');
  const [index, setIndex] = useState(0);
  const listId = useId();
  const input = useRef<HTMLInputElement>(null);
  const targets =
    purpose === 'wire'
      ? wireTargets(topology, placesNow(), from, typed)
      : pingTargets(topology, placesNow(), from, typed);
  // The list stays where it opened while typing makes it shorter.
  const [mostListed] = useState(targets.length);
  const chosen = targets[Math.min(index, targets.length - 1)];
  const candidate = chosen?.node ?? null;
  useEffect(() => setCanvas({ candidate }), [candidate]);
  const byFinger = useCanvasStore((canvas) => canvas.byFinger);
  useEffect(() => {
    // The keyboard of the screen would cover the nodes that are asked for; who wants to type taps the field.
    if (!canvasState().byFinger) input.current?.focus({ preventScroll: true });
  }, []);

  const leave = (): void => {
    setCanvas({ picking: null, candidate: null });
    canvasView()?.focusNode(from);
  };
  const choose = (target: Target | undefined): void => {
    if (target === undefined) return;
    if (target.kind === 'node') void connectNodes(from, target.node);
    else void addPing(from, target.address);
  };
  const onKeyDown = (event: React.KeyboardEvent): void => {
    const step = stepOf(event);
    if (step !== 0) {
      event.preventDefault();
      setIndex((targets.length + Math.min(index, targets.length - 1) + step) % Math.max(1, targets.length));
    } else if (event.key === 'Enter') {
      event.preventDefault();
      choose(chosen);
    } else if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      leave();
    }
  };
  const side = pickerSide(canvasView()?.roomAround(placesNow().get(from) ?? { x: 0, y: 0 }), mostListed);
  const question = purpose === 'wire' ? `Wire from ${from} to` : `Ping from ${from} to`;
  return (
    <NodeToolbar nodeId={from} isVisible position={side} offset={30} className="nowheel nopan">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: notices that the focus has left; nothing here is pressed. */}
      <div
        data-own-keys
        className="w-64 rounded-lg border border-line bg-raised p-2 shadow-raised"
        onBlur={(event) => {
          if (!event.currentTarget.contains(event.relatedTarget)) setTimeout(() => endUnlessMoved(purpose, from), 150);
        }}
      >
        <label htmlFor={`${listId}-input`} className="mb-1 block text-xs text-muted">
          {question}
        </label>
        <input
          ref={input}
          id={`${listId}-input`}
          role="combobox"
          aria-expanded={targets.length > 0}
          aria-controls={listId}
          aria-activedescendant={chosen === undefined ? undefined : `${listId}-${chosen.id}`}
          autoComplete="off"
          spellCheck={false}
          placeholder={purpose === 'wire' ? 'node' : 'node or address'}
          className="h-8 w-full rounded-md border border-line-strong bg-surface px-2 font-mono text-ui"
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value);
            setIndex(0);
          }}
          onKeyDown={onKeyDown}
        />
        <div id={listId} role="listbox" aria-label={question} className="mt-1 max-h-36 overflow-auto">
          {targets.map((target) => (
            <div
              key={target.id}
              id={`${listId}-${target.id}`}
              role="option"
              tabIndex={-1}
              aria-selected={target === chosen}
              className={classNames(
                'flex h-7 cursor-default items-center gap-2 rounded px-2',
                target === chosen && 'bg-accent-soft text-accent',
              )}
              onMouseDown={(event) => {
                event.preventDefault();
                choose(target);
              }}
            >
              <span className="font-mono">{target.text}</span>
              <span className="truncate text-xs text-muted">{target.detail}</span>
            </div>
          ))}
          {targets.length === 0 ? <NothingFound purpose={purpose} typed={typed} /> : null}
        </div>
        <p className="mt-1 text-xs text-muted">
          {byFinger
            ? 'Tap a node of the drawing, or one of these; anywhere else leaves'
            : '↑ ↓ choose · Enter accepts · Esc leaves'}
        </p>
      </div>
    </NodeToolbar>
  );
}

function NothingFound({ purpose, typed }: { readonly purpose: 'wire' | 'ping'; readonly typed: string }) {
  const text =
    typed !== ''
      ? purpose === 'wire'
        ? `No other node is called like “${typed}”.`
        : `“${typed}” is no address, and no node is called so.`
      : purpose === 'wire'
        ? 'There is no other node yet. Add one from the palette.'
        : 'No other node has an address yet.';
  return <p className="px-2 py-1 text-xs text-muted">{text}</p>;
}

function stepOf(event: React.KeyboardEvent): -1 | 0 | 1 {
  if (event.key === 'ArrowDown' || (event.key === 'Tab' && !event.shiftKey)) return 1;
  if (event.key === 'ArrowUp' || (event.key === 'Tab' && event.shiftKey)) return -1;
  return 0;
}

/** A click elsewhere leaves the picker; a click on a node chooses that node first, which ends the picking by itself. */
function endUnlessMoved(purpose: Picking['purpose'], from: Picking['from']): void {
  const { picking } = useCanvasStore.getState();
  if (picking?.purpose === purpose && picking.from === from) setCanvas({ picking: null, candidate: null });
}

/** Question, field, hint and the distance from the middle of the node, in pixels; one line of the list; and how many are seen. */
const frameHeight = 172;
const lineHeight = 28;
const visibleLines = 5;

/** Below the node, as lists do; where that does not fit, above it, and in a low window beside it. */
function pickerSide(
  room: { above: number; below: number; left: number; right: number } | undefined,
  lines: number,
): Position {
  const height = frameHeight + lineHeight * Math.min(visibleLines, Math.max(1, lines));
  if (room === undefined || room.below >= height) return Position.Bottom;
  if (room.above >= height) return Position.Top;
  return room.right >= room.left ? Position.Right : Position.Left;
}
