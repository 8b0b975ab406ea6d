import type { ObservedInterface } from '@vethlab/observed';
import { type Device, deviceSchema, diagnosticsOfIssues, parseIfname } from '@vethlab/topology';

/** A device of a document, or why there is none that means this interface. */
export type DeviceFrom = { readonly ok: true; readonly device: Device } | { readonly ok: false; readonly why: string };

const kinds: ReadonlySet<string> = new Set<Device['kind']>(['vlan', 'vxlan', 'macvlan', 'dummy', 'gre', 'bond']);

/** Whether the kernel calls it what a document calls a device. */
export function isDevice({ type }: ObservedInterface): boolean {
  return kinds.has(type);
}

/** The device that means an interface of one of these kinds. */
export function deviceFrom(found: ObservedInterface, members: readonly string[]): DeviceFrom {
  const name = parseIfname(found.ifname);
  if (!name.ok) return { ok: false, why: name.problem.detail };
  if (found.type === 'dummy') return { ok: true, device: { kind: 'dummy' } };
  const { device } = found;
  if (device === undefined) return { ok: false, why: 'What it is made with cannot be read.' };
  if (device.beyond !== undefined) return { ok: false, why: `It has ${device.beyond}, which a lab cannot say.` };
  const parsed = deviceSchema.safeParse(candidateOf(device, members));
  if (parsed.success) return { ok: true, device: parsed.data };
  if ('parent' in device && device.parent === null && device.kind !== 'vxlan') {
    return { ok: false, why: 'It stands on an interface of another namespace.' };
  }
  return { ok: false, why: diagnosticsOfIssues(parsed.error.issues)[0]?.detail ?? 'A lab cannot say it.' };
}

/** The same without what is not set. */
function candidateOf(device: NonNullable<ObservedInterface['device']>, members: readonly string[]): object {
  const said = Object.entries(device).filter(([field, value]) => value !== null && !(field === 'ttl' && value === 0));
  return { ...Object.fromEntries(said), ...(device.kind === 'bond' ? { members } : {}) };
}
