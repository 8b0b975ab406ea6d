import type { Link, NodeName } from '@vethlab/topology';
import { DEFAULT_MTU } from '../desired/desired.js';
import { partsOf } from '../desired/endpoint.js';
import type { VethEnd } from '../plan.js';
import { dependencies, type Planning } from '../planning.js';
import { madeVethEnd } from '../state/working-interface.js';
import type { WorkingNamespace } from '../state/working-namespace.js';
import type { Freed } from './remove.js';
import { skipDad, usesIpv6 } from './skip-dad.js';
import type { Survey } from './survey.js';

/** Namespaces that are not there yet. */
export function* makeNamespaces(planning: Planning, survey: Survey, freed: Freed): Generator<undefined, void> {
  for (const name of survey.names) {
    yield;
    const desired = planning.desired(name);
    if (desired === null || planning.namespace(name) !== null) continue;
    const step = planning.add({
      id: `add-namespace:${name}`,
      action: 'add',
      object: `namespace ${name}`,
      reason: `the ${desired.kind} ${name} has no namespace`,
      dependsOn: dependencies(freed.namespaces.get(name), vacatedBy(planning, name)),
      operation: { op: 'add-namespace', namespace: desired.name },
    });
    planning.makeNamespace(
      desired.name,
      usesIpv6(desired, survey.extentOf(name)) ? skipDad(planning, desired.name, [step]) : step,
    );
  }
}

/** Veth pairs that are not there yet: each made with both ends in place, so nothing is ever moved. */
export function* makeVeths(planning: Planning, survey: Survey, freed: Freed): Generator<undefined, void> {
  for (const link of survey.missingLinks) {
    yield;
    makeVeth(planning, link, freed);
  }
}

function makeVeth(planning: Planning, link: Link, freed: Freed): void {
  const ends: readonly [VethEnd, VethEnd] = [endOf(planning, link.endpoints[0]), endOf(planning, link.endpoints[1])];
  const inTheWay: string[] = [];
  const needs: (string | null | undefined)[] = [];
  for (const { namespace, ifname } of ends) {
    const working = planning.namespace(namespace);
    needs.push(working?.base);
    if (working === null) continue;
    if (working.interfaces.has(ifname)) inTheWay.push(`${namespace}:${ifname}`);
    needs.push(...stepsThatFree(planning, working, ifname, freed));
  }
  const [a, b] = link.endpoints;
  const warning =
    inTheWay.length === 0
      ? ''
      : `; ${inTheWay.join(' and ')} exists already and was not made by Vethlab, so this step will fail until it is renamed or removed`;
  const step = planning.add({
    id: `add-veth:${a}:${b}`,
    action: 'add',
    object: `veth pair ${a} – ${b}`,
    reason: `no veth pair joins ${a} and ${b}${warning}`,
    dependsOn: dependencies(...needs),
    operation: { op: 'add-veth', ends },
  });
  for (const end of ends) planning.namespace(end.namespace)?.interfaces.set(end.ifname, madeVethEnd(end, step));
}

/** The steps after which a name of a namespace is free: what had it was removed, or renamed. */
export function stepsThatFree(
  planning: Planning,
  working: WorkingNamespace,
  ifname: string,
  freed: Freed,
): readonly (string | null | undefined)[] {
  const { origin } = working;
  const renames = origin === null ? new Map<string, string>() : planning.origins.renamedInterfaces(origin);
  const left = [...renames].filter(([, from]) => from === ifname).map(([to]) => working.interfaces.get(to)?.base);
  return [freed.interfaces.get(`${origin}:${ifname}`), ...left];
}

function endOf(planning: Planning, endpoint: string): VethEnd {
  const { namespace, ifname } = partsOf(endpoint);
  const wanted = planning.desired(namespace)?.interfaces.get(ifname);
  return {
    namespace,
    ifname,
    ...(wanted === undefined || wanted.mtu === null || wanted.mtu === DEFAULT_MTU ? {} : { mtu: wanted.mtu }),
    ...(wanted === undefined || wanted.mac === null ? {} : { mac: wanted.mac }),
  };
}

/** A new node may take the name that another one is renamed away from. */
function vacatedBy(planning: Planning, name: NodeName | string): string | null {
  const next = planning.nameAfter(name);
  return next === name ? null : (planning.namespace(next)?.base ?? null);
}
