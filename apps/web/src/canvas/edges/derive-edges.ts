import type { FeatureName, Observed } from '@vethlab/observed';
import type { ProbeSample, Rate } from '@vethlab/protocol';
import { type Link, type PortVlan, type Probe, probeKey, type Topology } from '@vethlab/topology';
import type { Liveness } from '../../lab';
import { describeLink, describeProbe } from '../derive/describe';
import { endStateText } from '../derive/end-state-text';
import {
  type Appearance,
  type EndpointState,
  endpointState,
  observedInterface,
  stateWord,
} from '../derive/endpoint-state';
import { impairmentLook } from '../derive/impairment-look';
import { flow, linkState } from '../derive/link-state';
import { probeState } from '../derive/probe-state';
import { formatRate } from '../derive/rate';
import type { BowSide } from '../geometry/probe-path';
import { silhouettes } from '../geometry/silhouette';
import { parallelOffset } from '../geometry/wire-path';
import { endpointParts } from '../state/names';
import { addressOwners } from './address-owners';
import { nextRank } from './arc-sides';
import { tunnelAppearance, tunnelEdge, tunnelsIn } from './derive-tunnels';
import type { EndText, FlowEdge, LinkFlowEdge, ProbeFlowEdge } from './edge-data';

export interface EdgeSources {
  readonly topology: Topology;
  readonly observed: Observed;
  readonly drifting: ReadonlySet<string>;
  readonly rates: Readonly<Record<string, Rate>>;
  readonly samples: Readonly<Record<string, readonly ProbeSample[]>>;
  /** Which way the arc of each ping bows; left when absent. */
  readonly arcs: ReadonlyMap<string, BowSide>;
  readonly liveness: Liveness;
  /** What the kernel cannot do; the same set for as long as that is the same. Absent: nothing is missing. */
  readonly missing?: ReadonlySet<FeatureName>;
  readonly selectedLinks: ReadonlySet<string>;
  readonly selectedProbes: ReadonlySet<string>;
}

/** `VLAN 10`, `trunk 10, 20 · native 1`. */
function vlanText(vlan: PortVlan): string {
  if ('access' in vlan) return `VLAN ${vlan.access}`;
  const native = vlan.native === undefined ? '' : ` · native ${vlan.native}`;
  return `trunk ${vlan.trunk.join(', ')}${native}`;
}

/** With more wires than this at one node their labels would lie on each other. */
const crowdedFrom = 12;
/** And between more parallel wires than this there is no room for text. */
const roomyBundle = 2;

const nothing: ReadonlySet<FeatureName> = new Set();

interface Cached {
  readonly inputs: readonly unknown[];
  readonly edge: FlowEdge;
}

/** Makes React Flow's edges: one for each link, one for each tunnel, one for each probe whose target address some node has. Unchanged ones are the same object again. */
export function createEdgeDeriver(): (sources: EdgeSources) => FlowEdge[] {
  let cache = new Map<string, Cached>();
  return (sources) => {
    const next = new Map<string, Cached>();
    const edges: FlowEdge[] = [];
    const keep = (id: string, inputs: readonly unknown[], make: () => FlowEdge): void => {
      const before = cache.get(id);
      const same = before?.inputs.every((item, index) => Object.is(item, inputs[index])) === true;
      const entry = before && same ? before : { inputs, edge: make() };
      next.set(id, entry);
      edges.push(entry.edge);
    };
    const { bundles, degrees } = countWires(sources.topology.links);
    const rank = new Map<string, number>();
    for (const link of sources.topology.links) {
      const pair = pairKey(link);
      const index = rank.get(pair) ?? 0;
      rank.set(pair, index + 1);
      const count = bundles.get(pair) ?? 1;
      const degree = Math.max(...link.endpoints.map((end) => degrees.get(endpointParts(end)[0]) ?? 0));
      const inputs = linkInputs(link, sources, index, count, degree > crowdedFrom || count > roomyBundle);
      keep(linkId(link), inputs, () =>
        linkEdge(link, sources, index, count, degree > crowdedFrom || count > roomyBundle),
      );
    }
    for (const drawn of tunnelsIn(sources.topology)) {
      const { id, from, to } = drawn;
      const side = sources.arcs.get(id) ?? 'left';
      const index = nextRank(rank, from, to, side);
      const appearance = tunnelAppearance(drawn, sources.observed);
      const word = stateWord(appearance, sources.liveness);
      const kinds = [from, to].map((name) => sources.topology.nodes[name]?.kind);
      keep(id, [drawn, ...kinds, index, appearance, word, side], () =>
        tunnelEdge(drawn, sources.topology, { appearance, word, rank: index, side }),
      );
    }
    const owners = addressOwners(sources.topology);
    for (const probe of sources.topology.probes) {
      const owner = owners.get(probe.to);
      if (owner === undefined || owner === probe.from || !Object.hasOwn(sources.topology.nodes, probe.from)) continue;
      const id = probeKey(probe);
      const index = nextRank(rank, probe.from, owner, sources.arcs.get(id) ?? 'left');
      const samples = Object.hasOwn(sources.samples, id) ? (sources.samples[id] ?? []) : [];
      keep(
        id,
        [probe, owner, samples, index, sources.selectedProbes.has(id), sources.arcs.get(id), sources.liveness],
        () => probeEdge(id, probe, owner, samples, sources, index),
      );
    }
    cache = next;
    return edges;
  };
}

/** The key of a link, as `linkKey` of the topology package makes it. */
const linkId = (link: Link): string => `${link.endpoints[0]}--${link.endpoints[1]}`;

interface WireCounts {
  readonly bundles: ReadonlyMap<string, number>;
  readonly degrees: ReadonlyMap<string, number>;
}

const counted = new WeakMap<readonly Link[], WireCounts>();

/** Links per pair of nodes and per node. Kept for as long as the links are the same: what the kernel says comes every frame. */
function countWires(links: readonly Link[]): WireCounts {
  const known = counted.get(links);
  if (known !== undefined) return known;
  const bundles = new Map<string, number>();
  const degrees = new Map<string, number>();
  for (const link of links) {
    bundles.set(pairKey(link), (bundles.get(pairKey(link)) ?? 0) + 1);
    for (const end of link.endpoints) {
      const [name] = endpointParts(end);
      degrees.set(name, (degrees.get(name) ?? 0) + 1);
    }
  }
  counted.set(links, { bundles, degrees });
  return { bundles, degrees };
}

const pairKey = (link: Link): string =>
  link.endpoints
    .map((end) => endpointParts(end)[0])
    .toSorted()
    .join(' ');

function linkInputs(link: Link, sources: EdgeSources, index: number, count: number, crowded: boolean): unknown[] {
  const inputs: unknown[] = [
    link,
    index,
    count,
    crowded,
    sources.liveness,
    sources.selectedLinks.has(linkId(link)),
    sources.missing,
  ];
  for (const end of link.endpoints) {
    const [name, ifname] = endpointParts(end);
    inputs.push(
      wantedInterface(sources.topology, name, ifname),
      sources.topology.nodes[name]?.kind,
      observedInterface(sources.observed, name, ifname),
      sources.drifting.has(end),
    );
  }
  inputs.push(rateLook(link, sources.rates));
  return inputs;
}

/** What is seen of the rates: the figure and the direction. A new measure that looks the same draws nothing. */
function rateLook({ endpoints }: Link, rates: EdgeSources['rates']): string {
  const [first, second] = endpoints;
  const { forwardBitsPerSecond, backwardBitsPerSecond } = flow([rateOf(first, rates), rateOf(second, rates)]);
  const total = forwardBitsPerSecond + backwardBitsPerSecond;
  return total < 1 ? '' : `${formatRate(total)} ${backwardBitsPerSecond > forwardBitsPerSecond}`;
}

function rateOf(endpoint: string, rates: EdgeSources['rates']): Rate | undefined {
  return Object.hasOwn(rates, endpoint) ? rates[endpoint] : undefined;
}

function linkEdge(link: Link, sources: EdgeSources, index: number, count: number, crowded: boolean): LinkFlowEdge {
  const end = (which: 0 | 1) => {
    const endpoint = link.endpoints[which];
    const [name, ifname] = endpointParts(endpoint);
    const wanted = wantedInterface(sources.topology, name, ifname);
    return {
      name,
      shape: silhouettes[sources.topology.nodes[name]?.kind ?? 'host'],
      state: endpointState(endpoint, wanted, link, observedInterface(sources.observed, name, ifname)),
      ifname,
      addresses: [...(wanted?.vlan === undefined ? [] : [vlanText(wanted.vlan)]), ...(wanted?.addresses ?? [])],
      rate: rateOf(endpoint, sources.rates),
      impairment: impairmentLook(wanted?.impairment, sources.missing ?? nothing),
    };
  };
  const [first, second] = [end(0), end(1)];
  const state = linkState([first.state, second.state], [first.rate, second.rate], sources.drifting);
  const narrow = first.shape.height <= second.shape.height ? first.shape : second.shape;
  // The bundle is spread the same way whichever end was named first.
  const turned = first.name > second.name ? -1 : 1;
  return {
    id: linkId(link),
    type: 'link',
    source: first.name,
    target: second.name,
    selected: sources.selectedLinks.has(linkId(link)),
    ariaLabel: describeLink(link, state, sources.liveness, [first.impairment, second.impairment]),
    data: {
      link,
      state,
      labels: [
        endText(first, second.state.appearance, sources.liveness),
        endText(second, first.state.appearance, sources.liveness),
      ],
      shapes: [first.shape, second.shape],
      offset: turned * parallelOffset(index, count, narrow),
      crowded,
      impairments: [first.impairment, second.impairment],
    },
  };
}

function endText(
  { ifname, addresses, state }: Omit<EndText, 'state'> & { readonly state: EndpointState },
  other: Appearance,
  liveness: Liveness,
): EndText {
  return { ifname, addresses, state: endStateText(state, other, liveness) };
}

function probeEdge(
  id: string,
  probe: Probe,
  owner: string,
  samples: readonly ProbeSample[],
  sources: EdgeSources,
  rank: number,
): ProbeFlowEdge {
  const state = probeState(samples, sources.liveness, probe.expect);
  const shapeOf = (name: string) => silhouettes[sources.topology.nodes[name]?.kind ?? 'host'];
  return {
    id,
    type: 'probe',
    // Below the wires: their texts have a rim that keeps an arc behind them apart.
    zIndex: -1,
    source: probe.from,
    target: owner,
    selected: sources.selectedProbes.has(id),
    ariaLabel: describeProbe(probe, state),
    data: { probe, state, shapes: [shapeOf(probe.from), shapeOf(owner)], rank, side: sources.arcs.get(id) ?? 'left' },
  };
}

function wantedInterface(topology: Topology, name: string, ifname: string) {
  if (!Object.hasOwn(topology.nodes, name)) return null;
  const interfaces = topology.nodes[name]?.interfaces ?? {};
  return Object.hasOwn(interfaces, ifname) ? (interfaces[ifname] ?? null) : null;
}
