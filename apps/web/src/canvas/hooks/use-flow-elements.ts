import { emptyObserved, missingFeatures } from '@vethlab/observed';
import { useEffect, useMemo, useState } from 'react';
import { ghostsNow, noGhosts } from '../../drift/ghosts-now';
import { livenessOf, useLabStore } from '../../lab';
import type { LabState } from '../../lab/lab-state';
import { useViewStore } from '../../view';
import type { ViewState } from '../../view/view-state';
import { driftingObjects } from '../derive/link-state';
import { arcSides } from '../edges/arc-sides';
import { createEdgeDeriver } from '../edges/derive-edges';
import { createGhostEdgeDeriver } from '../ghosts/derive-ghost-edges';
import { ghostNodes } from '../ghosts/ghost-drawing';
import { captionSides, createNodeDeriver, wiredEndpoints } from '../nodes/derive-nodes';
import { type CanvasState, useCanvasStore } from '../state/canvas-store';
import { setPlacesNow } from '../state/places-now';
import { emptyLab } from './empty-lab';
import { hasNoPlaces } from './use-initial-layout';
import { usePaced } from './use-paced';
import { usePlaces } from './use-places';
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
const selectFeatures = (lab: LabState) => lab.features;
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
  const features = useLabStore(selectFeatures);
  const missing = useMemo(() => missingFeatures(features), [features]);
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
  const [deriveGhostEdges] = useState(createGhostEdgeDeriver);

  const drifting = useMemo(() => driftingObjects(drift), [drift]);
  const wired = useMemo(() => wiredEndpoints(topology.links), [topology.links]);
  const found = useLabStore(ghostsNow);
  const ghosts = waiting ? noGhosts : found;
  const strangers = useMemo(
    () => ghostNodes(ghosts, observed, (name) => Object.hasOwn(topology.nodes, name)),
    [ghosts, observed, topology.nodes],
  );
  const places = usePlaces(topology, strangers);
  const selectedGhosts = useMemo(() => new Set(selection.ghosts), [selection.ghosts]);
  const sides = useMemo(() => captionSides(topology, strangers, places), [topology, strangers, places]);
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
        missing,
        selected: new Set(selection.nodes),
        ghosts: strangers,
        selectedGhosts,
      }),
    [
      deriveNodes,
      topology,
      observed,
      drifting,
      wired,
      places,
      dragged,
      sides,
      liveness,
      missing,
      selection.nodes,
      strangers,
      selectedGhosts,
    ],
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
        missing,
        selectedLinks: new Set(selection.links),
        selectedProbes: new Set(selection.probes),
      }),
    [
      deriveEdges,
      topology,
      observed,
      drifting,
      rates,
      samples,
      arcs,
      liveness,
      missing,
      selection.links,
      selection.probes,
    ],
  );
  const ghostEdges = useMemo(
    () => deriveGhostEdges({ ghosts, topology, observed, selected: selectedGhosts }),
    [deriveGhostEdges, ghosts, topology, observed, selectedGhosts],
  );
  const wires = useMemo(() => (ghostEdges.length === 0 ? edges : [...edges, ...ghostEdges]), [edges, ghostEdges]);
  return usePaced(nodes, wires);
}
