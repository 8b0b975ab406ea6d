import type { Cidr, IpAddress } from '@vethlab/topology';
import type { GuardAddresses } from './connection.js';

/**
 * Between the guard and pasta. Nobody's: RFC 3927 keeps 169.254.0.0/24 free, and RFC 7335 has 192.0.0.0/29 for such ends of a tunnel, which is taken where
 * the way out has a subnet of the former. The IPv6 network is beside that of the node's uplink.
 */
export function guardAddresses(subnet: Cidr): GuardAddresses {
  const network = subnet.startsWith('169.254.') ? '192.0.0' : '169.254.0';
  return {
    gateway: `${network}.1` as IpAddress,
    node: `${network}.2` as IpAddress,
    prefixLength: 30,
    gateway6: 'fdff:ffff:ffff:fffe::1' as IpAddress,
    node6: 'fdff:ffff:ffff:fffe::2' as IpAddress,
  };
}
