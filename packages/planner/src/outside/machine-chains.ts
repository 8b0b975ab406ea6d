import type { ObservedRule } from '@vethlab/observed';
import type { Cidr, IpAddress } from '@vethlab/topology';
import type { RulesChain } from '../plan.js';
import { DSTNAT_PRIORITY, FILTER_PRIORITY, SRCNAT_PRIORITY } from '../rules/chains-of.js';
import { chain } from './chain.js';

/** The pair between a guard and the machine, and who is who on it. */
export interface Transit {
  /** Of the machine's end. */
  readonly ifname: string;
  readonly machine: IpAddress;
  readonly guard: IpAddress;
  readonly network: Cidr;
  readonly machine6: IpAddress;
  readonly guard6: IpAddress;
  readonly network6: Cidr;
}

/** What the rules of the machine for one way out are made of. */
export interface MachineSide {
  readonly transit: Transit;
  /** Interfaces by which the machine reaches the world. */
  readonly outward: readonly string[];
  /** TCP ports of the machine's loopback that are open. */
  readonly hostPorts: readonly number[];
  /** The address that nodes ask for names. */
  readonly nameServer: string;
  /** The machine's own name server, IPv4; null: it has none. */
  readonly resolver: string | null;
}

const local = '127.0.0.1';
const loopback = '127.0.0.0/8';
const NAMES_PORT = 53;
const tcpAndUdp = ['udp', 'tcp'] as const;

/**
 * The table of one way out on the machine itself (host runtime): what comes from the guard leaves by the interfaces that lead to the world, with the
 * machine's address there, and nobody from there begins to talk to a guard. Closed is the machine's loopback but for the opened ports; a server behind one
 * sees its visitors as 127.0.0.1, as with pasta. Names are answered by the machine's own name server, wherever that is.
 */
export function machineChains(side: MachineSide): readonly RulesChain[] {
  const { transit, outward, hostPorts, nameServer, resolver } = side;
  const from = { in: transit.ifname } as const;
  const towards = { out: transit.ifname } as const;
  const opened = (match: ObservedRule['match'], action: ObservedRule['action']): ObservedRule[] =>
    hostPorts.map((port) => ({ match: { ...match, protocol: 'tcp', port }, action }));
  const names = (match: ObservedRule['match'], action: ObservedRule['action']): ObservedRule[] =>
    tcpAndUdp.map((protocol) => ({ match: { ...match, protocol, port: NAMES_PORT }, action }));
  const established: ObservedRule['match']['state'] = ['established', 'related'];
  return [
    chain('arriving', { type: 'nat', hook: 'prerouting', priority: DSTNAT_PRIORITY }, [
      ...opened({ ...from, to: transit.machine }, { kind: 'dnat', to: local }),
      ...(resolver === null ? [] : names({ ...from, to: nameServer }, { kind: 'dnat', to: resolver })),
    ]),
    chain('arrived', { type: 'nat', hook: 'input', priority: SRCNAT_PRIORITY }, [
      ...opened({ from: transit.network, to: local }, { kind: 'snat', to: local }),
      // A name server on the loopback may answer only callers from there, too.
      ...(isLoopback(resolver) ? names({ from: transit.network, to: resolver }, { kind: 'snat', to: local }) : []),
    ]),
    chain('to-machine', { type: 'filter', hook: 'input', priority: FILTER_PRIORITY }, [
      { match: { ...from, state: established }, action: { kind: 'accept' } },
      ...opened({ ...from, to: local }, { kind: 'accept' }),
      ...(isLoopback(resolver) ? names({ ...from, to: resolver }, { kind: 'accept' }) : []),
      ...[loopback, transit.machine].map(
        (to): ObservedRule => ({ match: { ...from, to }, action: { kind: 'reject' } }),
      ),
      // Neighbours are found over ICMPv6 (RFC 4861).
      { match: { ...from, protocol: 'icmpv6' }, action: { kind: 'accept' } },
      { match: { ...from, to: transit.machine6 }, action: { kind: 'reject' } },
    ]),
    chain('passing', { type: 'filter', hook: 'forward', priority: FILTER_PRIORITY }, [
      // Without a name server nobody of the world is asked in its place.
      ...(resolver === null ? [{ match: { ...from, to: nameServer }, action: { kind: 'reject' } } as const] : []),
      ...outward.map((out): ObservedRule => ({ match: { ...from, out }, action: { kind: 'accept' } })),
      { match: from, action: { kind: 'reject' } },
      { match: { ...towards, state: established }, action: { kind: 'accept' } },
      { match: towards, action: { kind: 'drop' } },
    ]),
    chain(
      'leaving',
      { type: 'nat', hook: 'postrouting', priority: SRCNAT_PRIORITY },
      [transit.network, transit.network6].flatMap((network) =>
        outward.map((out): ObservedRule => ({ match: { from: network, out }, action: { kind: 'masquerade' } })),
      ),
    ),
  ].filter(({ rules }) => rules.length > 0);
}

function isLoopback(address: string | null): address is string {
  return address?.startsWith('127.') === true;
}
