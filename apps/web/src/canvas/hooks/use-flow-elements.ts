import { emptyObserved } from '@vethlab/observed';
import { useEffect, useMemo, useState } from 'react';
import { livenessOf, useLabStore } from '../../lab';
import type { LabState } from '../../lab/lab-state';
import { useViewStore } from '../../view';
import type { ViewState } from '../../view/view-state';
import { driftingObjects } from '../derive/link-state';
import { unmanagedNames } from '../derive/node-state';
import { arcSides } from '../edges/arc-sides';
import { createEdgeDeriver } from '../edges/derive-edges';
import { captionSides, createNodeDeriver, wiredEndpoints } from '../nodes/derive-nodes';
import { type CanvasState, useCanvasStore } from '../state/canvas-store';
import { setPlacesNow } from '../state/places-now';
import { emptyLab } from './empty-lab';
import { hasNoPlaces } from './use-initial-layout';
import { usePaced } from './use-paced';
import { usePlaces } from './use-places';
import { useSameList } from './use-same-list';
import { useSteady } from './use-steady';

const selectTopology = (lab: LabState) => lab.topology ?? emptyLab;
const selectObserved = (lab: LabState) => lab.observed;
/** More nodes than this are drawn in slices (use-paced.ts), and a slice that is out of date when it comes was drawn in vain. */
const manyNodes = 200;
/** While a large lab is applied its drawing follows in steps; the count in the header tells every one. */
const largeApplyHoldMs = 500;
const selectLargeApply = (lab: LabState) =>
  lab.progress !== null && lab.topology !== null && lab.topology.links.length > manyNodes;
const selectDrift = (lab: LabState) => lab.drift;
const selectRates = (lab: LabState) => lab.rates;
const selectSamples = (lab: LabState) => lab.probes;
const selectSelection = (view: ViewState) => view.selection;
const selectComputed = (canvas: CanvasState) => canvas.computed;
const selectDragged = (canvas: CanvasState) => canvas.dragged;

/** React Flow's nodes and edges, derived from document, kernel and selection. Nothing of them is kept. */
export function useFlowElements(): ReturnType<typeof usePaced> {
  const document = useLabStore(selectTopology);
  const isLargeApply = useLabStore(selectLargeApply);
  const kernel = useSteady(useLabStore(selectObserved), isLargeApply ? largeApplyHoldMs : 0);
  const liveness = useLabStore(livenessOf);
  const drift = useLabStore(selectDrift);
  const rates = useLabStore(selectRates);
  const samples = useLabStore(selectSamples);
  const selection = useViewStore(selectSelection);
  const dragged = useCanvasStore(selectDragged);
  const computed = useCanvasStore(selectComputed);
  // Nodes that would jump to another place a moment later are not drawn yet.
  const waiting = useMemo(() => computed.size === 0 && hasNoPlaces(document), [computed, document]);
  const topology = waiting ? emptyLab : document;
  const observed = waiting ? emptyObserved : kernel;
  const [deriveNodes] = useState(createNodeDeriver);
  const [deriveEdges] = useState(createEdgeDeriver);

  const drifting = useMemo(() => driftingObjects(drift), [drift]);
  const wired = useMemo(() => wiredEndpoints(topology.links), [topology.links]);
  const unmanaged = useSameList(useMemo(() => unmanagedNames(topology.nodes, observed), [topology.nodes, observed]));
  const places = usePlaces(topology, unmanaged);
  const sides = useMemo(() => captionSides(topology, places), [topology, places]);
  const arcs = useMemo(() => arcSides(topology, places), [topology, places]);
  useEffect(() => setPlacesNow(places), [places]);

  const nodes = useMemo(
    () =>
      deriveNodes({
        topology,
        observed,
        drifting,
        wired,
        places,
        dragged,
        sides,
        liveness,
        selected: new Set(selection.nodes),
      }),
    [deriveNodes, topology, observed, drifting, wired, places, dragged, sides, liveness, selection.nodes],
  );
  const edges = useMemo(
    () =>
      deriveEdges({
        topology,
        observed,
        drifting,
        rates,
        samples,
        arcs,
        liveness,
        selectedLinks: new Set(selection.links),
        selectedProbes: new Set(selection.probes),
      }),
    [deriveEdges, topology, observed, drifting, rates, samples, arcs, liveness, selection.links, selection.probes],
  );
  return usePaced(nodes, edges);
}
