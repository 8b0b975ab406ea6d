import { useReactFlow, ViewportPortal } from '@xyflow/react';
import { useEffect, useRef } from 'react';
import { Button, Kbd } from '../../ui';
import { acceptOffer, leaveOffer } from '../acts/accept-offer';
import { type CanvasState, useCanvasStore } from '../state/canvas-store';
import { endpointParts } from '../state/names';
import { placesNow } from '../state/places-now';

const selectOffer = (canvas: CanvasState) => canvas.offer;

/** The next free subnet, offered at a new link: Enter accepts, Esc leaves, and so does doing anything else. */
export function OfferCard(): React.JSX.Element | null {
  const offer = useCanvasStore(selectOffer);
  const accept = useRef<HTMLButtonElement>(null);
  const { getZoom } = useReactFlow();
  const link = offer?.link;
  useEffect(() => {
    if (link !== undefined) accept.current?.focus({ preventScroll: true });
  }, [link]);
  if (offer === null) return null;
  const ends = offer.link.split('--').map((end) => placesNow().get(endpointParts(end)[0]) ?? { x: 0, y: 0 });
  const x = ends.reduce((sum, end) => sum + end.x, 0) / ends.length;
  const y = ends.reduce((sum, end) => sum + end.y, 0) / ends.length;
  return (
    <ViewportPortal>
      <fieldset
        aria-label={`Addresses for the new link: ${offer.title}`}
        data-own-keys
        className="min-w-0 nopan nodrag nowheel pointer-events-auto absolute z-10 flex items-center gap-2 rounded-lg border border-line bg-raised px-2 py-1.5 shadow-raised"
        style={{
          transform: `translate(${x}px, ${y - 40}px) translate(-50%, -100%) scale(${1 / Math.max(0.5, getZoom())})`,
          transformOrigin: 'bottom center',
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.stopPropagation();
          leaveOffer();
        }}
      >
        <span className="font-mono text-ui whitespace-nowrap">{offer.title}</span>
        <Button
          ref={accept}
          size="small"
          variant="primary"
          aria-label={`Set ${offer.title}`}
          onClick={() => void acceptOffer()}
        >
          Accept <Kbd keys="enter" />
        </Button>
        <Button size="small" variant="quiet" aria-label="Leave without addresses" onClick={leaveOffer}>
          Leave <Kbd keys="escape" />
        </Button>
      </fieldset>
    </ViewportPortal>
  );
}
