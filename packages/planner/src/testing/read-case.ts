import { existsSync, readFileSync } from 'node:fs';
import type { FeatureName, Observed, ObservedInterface, ObservedRoute, ObservedShaping } from '@vethlab/observed';
import { parseLabFile, type Rename, type Topology } from '@vethlab/topology';
import type { PlanInput } from '../plan-input.js';
import { wholeNodes } from '../scope.js';

/** One folder of testdata: what a reader learns from it, and the input of its plan. */
export interface PlanCase {
  readonly teaches: string;
  readonly input: PlanInput;
  /** The plan is expected to stop at something that only a person can solve. */
  readonly stopsAt: string | null;
}

interface CaseFile {
  readonly teaches: string;
  readonly unmanaged?: 'keep' | 'remove';
  readonly renames?: readonly Rename[];
  readonly scope?: readonly string[];
  readonly stopsAt?: string;
  /** What the kernel cannot do. */
  readonly missing?: readonly FeatureName[];
}

/**
 * Reads a folder: `case.json` (what it teaches), `topology.yaml` (wanted), `previous.yaml` (applied last; absent: nothing)
 * and `observed.json` (the kernel, in the short notation below).
 */
export function readCase(folder: URL): PlanCase {
  const text = (name: string) => readFileSync(new URL(name, folder), 'utf8');
  const { teaches, unmanaged, renames, scope, stopsAt, missing } = JSON.parse(text('case.json')) as CaseFile;
  return {
    teaches,
    stopsAt: stopsAt ?? null,
    input: {
      topology: labFile(text('topology.yaml')),
      previous: existsSync(new URL('previous.yaml', folder)) ? labFile(text('previous.yaml')) : null,
      observed: observedOf(JSON.parse(text('observed.json')) as ShortObserved),
      unmanaged: unmanaged ?? 'keep',
      ...(renames === undefined ? {} : { renames }),
      ...(scope === undefined ? {} : { scope: wholeNodes(scope) }),
      ...(missing === undefined ? {} : { missing: new Set(missing) }),
    },
  };
}

function labFile(text: string): Topology {
  const { topology, diagnostics } = parseLabFile(text);
  if (topology === null) throw new Error(JSON.stringify(diagnostics, null, 2));
  return topology;
}

/** `{ "ns1": { "eth0": { "peer": "ns2:eth0", "addresses": ["10.0.0.1/24"] } } }`; what is left out is as usual. */
type ShortObserved = Readonly<Record<string, ShortNamespace>>;

interface ShortNamespace {
  /** Default: off. */
  readonly forwarding?: boolean;
  /** `lo` is added, up. */
  readonly interfaces?: Readonly<Record<string, ShortInterface>>;
  /** `default via 10.0.0.254 dev eth0 metric 5 proto 16`. */
  readonly routes?: readonly string[];
}

interface ShortInterface {
  /** Default: veth with a peer, else bridge. */
  readonly type?: string;
  readonly peer?: string;
  /** Default: true. */
  readonly up?: boolean;
  /** Default: 1500. */
  readonly mtu?: number;
  readonly mac?: string;
  readonly master?: string;
  /** Default: none that somebody set. */
  readonly qdisc?: string;
  /** What that one does. */
  readonly shaping?: ObservedShaping;
  /** A word behind an address says that the kernel made it: `fe80::1/64 kernel`. */
  readonly addresses?: readonly string[];
}

function observedOf(short: ShortObserved): Observed {
  const namespaces = Object.entries(short).map(([name, namespace], index) => [
    name,
    {
      name,
      inode: 4_026_532_000 + index,
      forwarding: { ipv4: namespace.forwarding ?? false, ipv6: namespace.forwarding ?? false },
      interfaces: Object.fromEntries(
        Object.entries({ lo: { type: 'loopback', mtu: 65536 }, ...namespace.interfaces }).map(
          ([ifname, one], number) => [ifname, interfaceOf(ifname, number + 1, one)],
        ),
      ),
      routes: (namespace.routes ?? []).map(routeOf),
    },
  ]);
  return { namespaces: Object.fromEntries(namespaces) };
}

function interfaceOf(ifname: string, ifindex: number, short: ShortInterface): ObservedInterface {
  const [namespace, peer] = short.peer?.split(':') ?? [];
  return {
    ifname,
    ifindex,
    type: short.type ?? (short.peer === undefined ? 'bridge' : 'veth'),
    up: short.up ?? true,
    carrier: short.up ?? true,
    operstate: (short.up ?? true) ? 'up' : 'down',
    mtu: short.mtu ?? 1500,
    mac: short.mac ?? `02:00:00:00:00:0${ifindex}`,
    master: short.master ?? null,
    portState: short.master === undefined ? null : 'forwarding',
    ...(short.qdisc === undefined ? {} : { qdisc: short.qdisc }),
    ...(short.shaping === undefined ? {} : { qdisc: short.shaping.kind, shaping: short.shaping }),
    peer: namespace === undefined || peer === undefined ? null : { namespace, ifname: peer },
    addresses: (short.addresses ?? []).map((text) => {
      const [address = '', word] = text.split(' ');
      const kernelMade = word === 'kernel';
      return { address, scope: kernelMade ? 'link' : 'global', kernelMade, tentative: false, dadFailed: false };
    }),
  };
}

function routeOf(text: string): ObservedRoute {
  const [to = '', ...words] = text.split(' ');
  const word = (name: string) => (words.includes(name) ? (words[words.indexOf(name) + 1] ?? null) : null);
  const family = text.includes(':') ? 6 : 4;
  return {
    family,
    to,
    via: word('via'),
    dev: word('dev'),
    metric: Number(word('metric') ?? (family === 4 ? 0 : 1024)),
    protocol: Number(word('proto') ?? 3),
    linkDown: false,
  };
}
