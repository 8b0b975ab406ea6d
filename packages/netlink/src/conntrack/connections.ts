import { libc } from '../libc/calls.js';
import { check } from '../libc/check.js';
import { AF_NETLINK, SOCK_CLOEXEC, SOCK_RAW } from '../libc/constants.js';
import { inNamespace } from '../namespaces/enter.js';
import type { NamespaceHandle } from '../namespaces/handle.js';
import { Exchange } from '../rtnetlink/exchange.js';
import { type Connection, decodeConnection } from './connection.js';

const NETLINK_NETFILTER = 12;
/** NFNL_SUBSYS_CTNETLINK and IPCTNL_MSG_CT_GET. */
const IPCTNL_MSG_CT_GET = (1 << 8) | 1;

/**
 * The connections that a namespace knows of, IPv4 and IPv6. It knows of none as long as nothing in it asks for their states.
 * @throws NetlinkError EINVAL on a kernel without ctnetlink (nf_conntrack_netlink).
 */
export function connections(namespace: NamespaceHandle): Connection[] {
  const fd = inNamespace(namespace, () =>
    check(libc.socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_NETFILTER), 'socket', 'NETLINK_NETFILTER'),
  );
  try {
    return new Exchange(fd).dump({
      label: 'IPCTNL_MSG_CT_GET',
      type: IPCTNL_MSG_CT_GET,
      // struct nfgenmsg: all families.
      encode: (writer) => writer.u32(0),
      decode: decodeConnection,
    });
  } finally {
    libc.close(fd);
  }
}
