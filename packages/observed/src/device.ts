/**
 * What an interface is made with, when it is no end of a veth pair and no bridge: the interface it stands on by its name in the same
 * namespace (null: none, or elsewhere), and what a lab can say of its kind. `beyond` tells what a lab cannot say: there is something that
 * makes it another interface than these fields would.
 */
export type ObservedDevice = (
  | { readonly kind: 'vlan'; readonly parent: string | null; readonly id: number }
  | {
      readonly kind: 'vxlan';
      readonly parent: string | null;
      readonly id: number;
      readonly local: string | null;
      readonly remote: string | null;
      readonly port: number;
    }
  | { readonly kind: 'macvlan'; readonly parent: string | null; readonly mode: string }
  | {
      readonly kind: 'gre';
      readonly local: string | null;
      readonly remote: string | null;
      readonly key: number | null;
      /** 0: that of the packet inside. */
      readonly ttl: number;
    }
  | { readonly kind: 'bond'; readonly mode: string }
  | { readonly kind: 'vrf'; readonly table: number }
) & { readonly beyond?: string };

/** The interface it stands on, by name; null when there is none. */
export function observedParent(device: ObservedDevice | undefined): string | null {
  return device !== undefined && 'parent' in device ? device.parent : null;
}

/** Whether two looks at one interface say the same of what it is made with. */
export function sameDevice(a: ObservedDevice | undefined, b: ObservedDevice | undefined): boolean {
  if (a === b) return true;
  if (a === undefined || b === undefined || a.kind !== b.kind) return false;
  const [one, other] = [a, b].map((device) => Object.entries(device));
  if (one?.length !== other?.length) return false;
  return one?.every(([field, value]) => (b as Readonly<Record<string, unknown>>)[field] === value) ?? false;
}
