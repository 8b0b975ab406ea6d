import type { Impairment } from '@vethlab/topology';
import type { DesiredInterface, DesiredNamespace } from '../desired/desired.js';
import { dependencies, type Planning } from '../planning.js';
import { effectOf, sameEffect } from '../shaping/effect.js';
import { qdiscOf, shapingOf } from '../shaping/qdisc.js';
import { netemWords } from '../shaping/words.js';
import type { WorkingInterface } from '../state/working-interface.js';
import type { WorkingNamespace } from '../state/working-namespace.js';

/** Whether nothing has to be done to the packets that leave an interface; found out without making anything. */
export function isImpairedAsWanted(found: Pick<WorkingInterface, 'shaping'>, wanted: DesiredInterface): boolean {
  if (found.shaping === undefined && wanted.impairment === null) return true;
  return sameEffect(effectOf(found), wanted.impairment);
}

/**
 * Before the interface goes up, so that no storm of a loop can start first. A token bucket or network emulator that somebody else set is
 * drift like any other; other qdiscs are left alone until something is wanted in their place.
 */
export function configureImpairment(
  planning: Planning,
  namespace: WorkingNamespace,
  desired: DesiredNamespace,
  device: WorkingInterface,
  wanted: DesiredInterface,
): void {
  if (isImpairedAsWanted(device, wanted)) return;
  const ours = planning.oursInterface(namespace.origin, device.origin);
  if (wanted.impairment === null && (ours?.impairment ?? null) === null && planning.input.unmanaged === 'keep') return;
  const isLoop = wanted.rateBitsPerSecond !== null && isRateAlone(wanted.impairment, wanted.rateBitsPerSecond);
  const wasLoop = wanted.impairment === null && (ours?.rateBitsPerSecond ?? null) !== null;
  if (isLoop || wasLoop) limitRate(planning, namespace, desired, device, wanted);
  else setImpairment(planning, namespace, desired, device, wanted.impairment);
  if (wanted.impairment === null) {
    delete device.qdisc;
    delete device.shaping;
    return;
  }
  device.shaping = shapingOf(qdiscOf(wanted.impairment));
  device.qdisc = device.shaping.kind;
}

function isRateAlone(impairment: Impairment | null, rate: number): boolean {
  return (
    impairment?.rateBitsPerSecond === rate && Object.keys(impairment).every((field) => field === 'rateBitsPerSecond')
  );
}

function limitRate(
  planning: Planning,
  namespace: WorkingNamespace,
  desired: DesiredNamespace,
  device: WorkingInterface,
  { rateBitsPerSecond }: DesiredInterface,
): void {
  const here = `${desired.name}:${device.ifname}`;
  planning.add({
    id: `limit-rate:${here}:${rateBitsPerSecond ?? 'none'}`,
    action: 'change',
    object: `rate of ${here}`,
    reason:
      rateBitsPerSecond === null
        ? `${here} is held to a rate, and its link closes no loop of switches`
        : `the link of ${here} closes a loop of switches, and its rate bounds the storm`,
    dependsOn: dependencies(device.base ?? namespace.base),
    operation: { op: 'limit-rate', namespace: desired.name, ifname: device.ifname, bitsPerSecond: rateBitsPerSecond },
  });
}

function setImpairment(
  planning: Planning,
  namespace: WorkingNamespace,
  desired: DesiredNamespace,
  device: WorkingInterface,
  impairment: Impairment | null,
): void {
  const here = `${desired.name}:${device.ifname}`;
  const before = effectOf(device);
  planning.add({
    id: `set-impairment:${here}`,
    action: 'change',
    object: `impairment of ${here}`,
    reason: reasonOf(here, before, impairment),
    dependsOn: dependencies(device.base ?? namespace.base),
    operation: { op: 'set-impairment', namespace: desired.name, ifname: device.ifname, impairment, before },
  });
}

function reasonOf(here: string, before: Impairment | null, wanted: Impairment | null): string {
  if (wanted === null)
    return `what leaves ${here} has ${before === null ? 'a qdisc' : netemWords(before)}, and nothing should be done to it`;
  const is = before === null ? 'nothing is done to it' : `it has ${netemWords(before)}`;
  return `what leaves ${here} should have ${netemWords(wanted)}, and ${is}`;
}
