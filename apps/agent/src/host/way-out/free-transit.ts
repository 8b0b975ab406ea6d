import { BlockList } from 'node:net';
import { mostTransits, transitAt } from './transit.js';

/** What a new pair must not be mistaken for. */
export interface InUse {
  readonly ifnames: ReadonlySet<string>;
  /** Of nf_tables. */
  readonly tables: ReadonlySet<string>;
  /** Of the machine's addresses and routes. */
  readonly networks: readonly { readonly address: string; readonly prefixLength: number }[];
  /** Of the way out itself, as `address/length`. */
  readonly subnet: string;
}

/**
 * The first number of a transit that nothing on the machine uses, neither its name nor its networks, and that could be taken.
 * @returns null when there is none
 */
export function freeTransit(inUse: InUse, take: (index: number) => boolean): number | null {
  const used = new BlockList();
  const [address = '', length = ''] = inUse.subnet.split('/');
  for (const network of [...inUse.networks, { address, prefixLength: Number(length) }])
    used.addSubnet(network.address, network.prefixLength, network.address.includes(':') ? 'ipv6' : 'ipv4');
  for (let index = 0; index < mostTransits; index += 1) {
    const { ifname, machine, guard, machine6 } = transitAt(index);
    const isUsed =
      inUse.ifnames.has(ifname) ||
      inUse.tables.has(ifname) ||
      used.check(machine) ||
      used.check(guard) ||
      used.check(machine6, 'ipv6');
    if (!isUsed && take(index)) return index;
  }
  return null;
}
