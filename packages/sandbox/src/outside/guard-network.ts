import type { IpAddress, OutsideAddresses } from '@vethlab/topology';

/** The interface that pasta makes in the guard. */
export const PASTA_IFNAME = 'outside';

/** Between the guard and pasta. Nobody's: RFC 3927 keeps 169.254.0.0/24 free, and the IPv6 network is beside that of the node's uplink. */
export const guardAddresses: Omit<OutsideAddresses, 'nameServer'> = {
  gateway: '169.254.0.1' as IpAddress,
  node: '169.254.0.2' as IpAddress,
  prefixLength: 30,
  gateway6: 'fdff:ffff:ffff:fffe::1' as IpAddress,
  node6: 'fdff:ffff:ffff:fffe::2' as IpAddress,
};
