import { expect } from 'vitest';
import type { DeviceSpec, LinkMessage } from '../index.js';
import { inSandbox } from './sandbox.js';

// biome-ignore lint/suspicious/noExplicitAny: what iproute2 prints has no types.
type Theirs = any;

/** An interface to make, with the words that make the same by iproute2. The interface below is `v0`, a veth. */
export interface DeviceCase {
  readonly ifname: string;
  readonly device: DeviceSpec;
  readonly words: string;
}

/** The ifindex of `v0`. */
export const BELOW = 100;

interface Seen {
  readonly ours: readonly LinkMessage[];
  readonly theirs: readonly Theirs[];
}

/** Makes the cases by netlink in one namespace and by iproute2 in another, and reads both by both. */
export function makeBothWays(cases: readonly DeviceCase[]): Promise<{ readonly byUs: Seen; readonly byThem: Seen }> {
  return inSandbox(
    ({ netlink, input, run, ipIn, must }) => {
      const names = ['us', 'them'] as const;
      const [us, them] = names.map((name) => {
        const namespace = netlink.createNamespace(name);
        const socket = netlink.RtnetlinkSocket.open(namespace);
        const end = { ifname: 'v0', ifindex: input.below };
        must(socket, [netlink.newVeth({ a: end, b: { ifname: 'v1' } })]);
        return socket;
      });
      if (us === undefined || them === undefined) throw new Error('no sockets');
      must(
        us,
        input.cases.map(({ ifname, device }) => netlink.newDevice({ ifname, device })),
      );
      for (const { ifname, words } of input.cases) {
        const below = words.includes('vlan') && !words.includes('vxlan') ? ['link', 'v0'] : [];
        run('ip', '-n', 'them', 'link', 'add', ...below, 'name', ifname, 'type', ...words.split(' '));
      }
      const seen = (name: string, socket: typeof us) => ({
        ours: socket.links().map((link) => ({ ...link })),
        theirs: ipIn(name, '-d', 'link'),
      });
      return { byUs: seen('us', us), byThem: seen('them', them) };
    },
    { input: { cases, below: BELOW } },
  );
}

/** Whoever made it, both readers say the same of it, and what we made is what iproute2 made. */
export async function compareBothWays(cases: readonly DeviceCase[]): Promise<void> {
  const { byUs, byThem } = await makeBothWays(cases);
  for (const { ifname } of cases) {
    const data = [byUs, byThem].map(({ ours, theirs }) => {
      const their = theirs.find((link) => link.ifname === ifname);
      const our = ours.find((link) => link.ifname === ifname);
      expect(our, ifname).toMatchObject({ kind: their.linkinfo.info_kind, device: deviceOf(their), mtu: their.mtu });
      const below = ours.find((link) => link.ifindex === our?.linkIndex)?.ifname ?? null;
      expect(below, ifname).toBe(their.link ?? their.linkinfo.info_data?.link ?? null);
      return their.linkinfo;
    });
    expect(data[0], ifname).toEqual(data[1]);
  }
}

/** What `ip -j -d link` says, in our words. */
function deviceOf(their: Theirs): LinkMessage['device'] {
  const { info_kind: kind, info_data: data } = their.linkinfo;
  switch (kind) {
    case 'vlan':
      return { kind, id: data.id, protocol: data.protocol };
    case 'vxlan':
      return {
        kind,
        id: data.id,
        local: data.local ?? data.local6 ?? null,
        remote: data.remote ?? data.remote6 ?? data.group ?? data.group6 ?? null,
        port: data.port,
        learning: data.learning,
      };
    case 'macvlan':
      return { kind, mode: data.mode };
    case 'gre':
      return {
        kind,
        local: data.local === 'any' ? null : data.local,
        remote: data.remote === 'any' ? null : data.remote,
        inputKey: keyOf(data.ikey),
        outputKey: keyOf(data.okey),
        ttl: data.ttl ?? 0,
      };
    case 'bond':
      return { kind, mode: data.mode, miimonMs: data.miimon };
    case 'vrf':
      return { kind, table: data.table };
    default:
      return null;
  }
}

/** iproute2 writes keys as it writes IPv4 addresses. */
function keyOf(text: string | undefined): number | null {
  if (text === undefined) return null;
  return text.split('.').reduce((value, part) => value * 256 + Number(part), 0);
}
