import type { ObservedDevice } from '@vethlab/observed';

/** `linkinfo` of `ip -j -d link`, as far as it tells what an interface is made with. */
export interface IpLinkInfo {
  readonly info_kind?: string;
  readonly info_data?: {
    readonly id?: number;
    readonly link?: string;
    readonly local?: string;
    readonly local6?: string;
    readonly remote?: string;
    readonly remote6?: string;
    readonly port?: number;
    readonly mode?: string;
    readonly ikey?: string;
    readonly ttl?: number;
    readonly table?: number;
    readonly stp_state?: number;
  };
}

/** What iproute2 says that an interface is made with; `below` is what it names behind the `@`. */
export function deviceOf(
  { info_kind: kind, info_data: data = {} }: IpLinkInfo,
  below: string | null,
): ObservedDevice | null {
  switch (kind) {
    case 'vlan':
      return { kind, parent: below, id: data.id ?? 0 };
    case 'vxlan':
      return {
        kind,
        parent: data.link ?? null,
        id: data.id ?? 0,
        local: data.local ?? data.local6 ?? null,
        remote: data.remote ?? data.remote6 ?? null,
        port: data.port ?? 0,
      };
    case 'macvlan':
      return { kind, parent: below, mode: data.mode ?? '' };
    case 'gre':
      return {
        kind,
        local: data.local ?? null,
        remote: data.remote ?? null,
        key: keyOf(data.ikey),
        ttl: data.ttl ?? 0,
      };
    case 'bond':
      return { kind, mode: data.mode ?? '' };
    case 'vrf':
      return { kind, table: data.table ?? 0 };
    default:
      return null;
  }
}

/** iproute2 writes keys as it writes IPv4 addresses. */
function keyOf(text: string | undefined): number | null {
  return text === undefined ? null : text.split('.').reduce((value, part) => value * 256 + Number(part), 0);
}
