import { keepsApart } from '../addressing/realms.js';
import type { Diagnostic } from '../model/diagnostic.js';
import { hasDevices } from '../model/has-devices.js';
import { findNode, wiringOf } from '../model/replaced-nodes.js';
import type { Node, Topology } from '../model/topology.js';
import { interfaceOf, linkAtEndpoint } from '../model/topology-access.js';
import { areAddressesApart, checkAddresses } from './check-addresses.js';
import { checkDeviceMtus } from './check-device-mtus.js';
import { checkLinks, checkUnwired, hasSoundEnds } from './check-links.js';
import { checkNode } from './check-node.js';
import { checkOutside, isOutward } from './check-outside.js';
import { checkPositions } from './check-positions.js';
import { checkProbes } from './check-probes.js';
import { checkSwitchLoops } from './check-switch-loops.js';
import {
  type Difference,
  goneEndpoints,
  hasNoLostAddresses,
  hasNoNewAddresses,
  hasNoNewSegments,
  hasSameDevices,
  hasSameKinds,
} from './difference.js';
import { switchLoopsOf } from './switch-loops.js';

/** What is said of a document, by what decides it. */
export interface Parts {
  readonly nodes: readonly Diagnostic[];
  readonly positions: readonly Diagnostic[];
  readonly links: readonly Diagnostic[];
  readonly probes: readonly Diagnostic[];
  /** Whether there may be VRFs, or VLANs of switches: then what an address means depends on who is routed to whom, all over the lab. */
  readonly isApart: boolean;
  /** Null: not asked, because records had errors of their own. */
  addresses: readonly Diagnostic[] | null;
  loops: readonly Diagnostic[] | null;
  unwired: readonly Diagnostic[] | null;
  /** Null: not asked, or no node has to do with the world outside. */
  outside: readonly Diagnostic[] | null;
}

/** A document that was looked at before, what was said of it, and in what it differs from the one that is looked at now. */
export interface Since {
  readonly previous: Topology;
  readonly before: Parts;
  readonly difference: Difference;
}

/** What is said of nodes by themselves. */
export function nodesPart(topology: Topology, since: Since | null): readonly Diagnostic[] {
  if (since !== null && since.before.nodes.length === 0) {
    const isSound = (name: string) => {
      const node = findNode(topology, name);
      return node === null || checkNode(name, node).length === 0;
    };
    if ([...since.difference.nodes].every(isSound)) return since.before.nodes;
  }
  return Object.entries(topology.nodes).flatMap(([name, node]) => checkNode(name, node));
}

/** What is said of the places of nodes on the canvas. */
export function positionsPart(topology: Topology, since: Since | null): readonly Diagnostic[] {
  if (since !== null && since.previous.canvas === topology.canvas) {
    const allThere = [...since.difference.nodes].every((name) => findNode(topology, name) !== null);
    if (allThere && since.before.positions.length === 0) return since.before.positions;
  }
  return checkPositions(topology);
}

/** What is said of links: they and the interfaces they end at decide it. */
export function linksPart(topology: Topology, since: Since | null): readonly Diagnostic[] {
  const check = () => [...checkLinks(topology), ...checkDeviceMtus(topology)];
  if (since === null || since.before.links.length > 0) return check();
  const { previous, difference } = since;
  // An MTU of a link also looks into the interfaces it ends at, and at what stands on them.
  const isSound =
    [...topology.links, ...difference.removedLinks].every((link) => link.mtu === undefined) &&
    ![...difference.nodes].some((name) => isWithDevices(findNode(topology, name))) &&
    hasSameDevices(topology, previous, difference) &&
    difference.addedLinks.every((link) => hasSoundEnds(topology, link)) &&
    goneEndpoints(difference).every((endpoint) => linkAtEndpoint(topology, endpoint) === null);
  return isSound ? since.before.links : check();
}

function isWithDevices(node: Node | null): boolean {
  return node !== null && hasDevices(node);
}

/** What is said of probes: they, the nodes they start from and the addresses they go to decide it. */
export function probesPart(topology: Topology, since: Since | null): readonly Diagnostic[] {
  const isSame =
    since !== null &&
    since.previous.probes === topology.probes &&
    topology.probes.every(({ vrf }) => vrf === undefined) &&
    hasSameKinds(topology, since.previous, since.difference) &&
    hasNoNewAddresses(since.difference) &&
    hasNoLostAddresses(since.difference);
  return isSame ? since.before.probes : checkProbes(topology);
}

/** Whether a node may have a VRF, or a switch VLANs. True costs time only. */
export function apartPart(topology: Topology, since: Since | null): boolean {
  if (since === null) return Object.values(topology.nodes).some(keepsApart);
  return since.before.isApart || [...since.difference.nodes].some((name) => keepsApart(findNode(topology, name)));
}

/** What addresses mean to each other on the segments that links make. */
export function addressesPart(topology: Topology, since: Since | null, isApart: boolean): readonly Diagnostic[] {
  if (since === null || since.before.addresses === null) return checkAddresses(topology);
  const { previous, before, difference } = since;
  const sameDevices = hasSameDevices(topology, previous, difference);
  // Where nothing was wrong, less of the same, more links between, and addresses that nobody else has are no reason for anything to be.
  if (before.addresses?.length === 0 && !isApart) {
    const isSound =
      sameDevices &&
      hasNoNewSegments(topology, previous, difference) &&
      (hasNoNewAddresses(difference) || areAddressesApart(topology, difference.interfaces));
    return isSound ? before.addresses : checkAddresses(topology);
  }
  const isSame =
    hasNoNewAddresses(difference) &&
    sameDevices &&
    wiringOf(topology) === wiringOf(previous) &&
    hasNoLostAddresses(difference);
  return isSame && before.addresses !== null ? before.addresses : checkAddresses(topology);
}

export function loopsPart(topology: Topology, since: Since | null): readonly Diagnostic[] {
  // Without a switch there is no loop, whatever is wired to what.
  if (switchLoopsOf(topology).length === 0) return since?.before.loops?.length === 0 ? since.before.loops : [];
  const isSame = since?.before.loops != null && wiringOf(topology) === wiringOf(since.previous);
  return isSame && since.before.loops !== null ? since.before.loops : checkSwitchLoops(topology);
}

export function unwiredPart(topology: Topology, since: Since | null): readonly Diagnostic[] {
  if (since?.before.unwired?.length === 0 && isAllWired(topology, since.difference)) return since.before.unwired;
  const isSame = since?.before.unwired != null && wiringOf(topology) === wiringOf(since.previous);
  return isSame && since.before.unwired !== null ? since.before.unwired : checkUnwired(topology);
}

/** What nodes mean to each other outside the lab. Most labs have nothing to do with it, and then an edit costs nothing here. */
export function outsidePart(topology: Topology, since: Since | null): readonly Diagnostic[] | null {
  if (since !== null && since.before.addresses !== null && since.before.outside === null) {
    if (![...since.difference.nodes].some((name) => isOutward(findNode(topology, name)))) return null;
  }
  return checkOutside(topology);
}

/** Of a document that had no interface without a link: whether none came, and none lost its link. */
function isAllWired(topology: Topology, { interfaces, removedLinks }: Difference): boolean {
  const isWired = (endpoint: string) => linkAtEndpoint(topology, endpoint) !== null;
  const isGone = (endpoint: string) => {
    const colon = endpoint.indexOf(':');
    return interfaceOf(topology, endpoint.slice(0, colon), endpoint.slice(colon + 1)) === null;
  };
  return (
    interfaces.every(
      ({ node, ifname, after }) => after === null || after.device !== undefined || isWired(`${node}:${ifname}`),
    ) && removedLinks.every(({ endpoints }) => endpoints.every((endpoint) => isWired(endpoint) || isGone(endpoint)))
  );
}
