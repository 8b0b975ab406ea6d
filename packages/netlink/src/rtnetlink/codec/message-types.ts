// Types, flags and fixed header sizes of rtnetlink(7); include/uapi/linux/netlink.h and rtnetlink.h.

export const NLMSG_HEADER_BYTES = 16;
export const NLMSG_NOOP = 1;
export const NLMSG_ERROR = 2;
export const NLMSG_DONE = 3;

export const NLM_F_REQUEST = 0x1;
export const NLM_F_ACK = 0x4;
/** In a dump: something changed while it was read, so it may hold the same thing twice or miss one. */
export const NLM_F_DUMP_INTR = 0x10;
export const NLM_F_DUMP = 0x300;
export const NLM_F_REPLACE = 0x100;
export const NLM_F_EXCL = 0x200;
export const NLM_F_CREATE = 0x400;
export const NLM_F_CAPPED = 0x100;
export const NLM_F_ACK_TLVS = 0x200;

export const RTM_NEWLINK = 16;
export const RTM_DELLINK = 17;
export const RTM_GETLINK = 18;
export const RTM_SETLINK = 19;
export const RTM_NEWADDR = 20;
export const RTM_DELADDR = 21;
export const RTM_GETADDR = 22;
export const RTM_NEWROUTE = 24;
export const RTM_DELROUTE = 25;
export const RTM_GETROUTE = 26;
export const RTM_NEWNEIGH = 28;
export const RTM_DELNEIGH = 29;
export const RTM_GETNEIGH = 30;
export const RTM_NEWRULE = 32;
export const RTM_DELRULE = 33;
export const RTM_GETRULE = 34;
export const RTM_NEWQDISC = 36;
export const RTM_DELQDISC = 37;
export const RTM_GETQDISC = 38;
export const RTM_NEWNETCONF = 80;
export const RTM_DELNETCONF = 81;
export const RTM_GETNETCONF = 82;
export const RTM_NEWNSID = 88;
export const RTM_DELNSID = 89;
export const RTM_GETNSID = 90;
export const RTM_NEWSTATS = 92;
export const RTM_GETSTATS = 94;

/** struct ifinfomsg { u8 family; u8 pad; u16 type; s32 index; u32 flags; u32 change } */
export const IFINFO_BYTES = 16;
/** struct ifaddrmsg { u8 family; u8 prefixlen; u8 flags; u8 scope; u32 index } */
export const IFADDR_BYTES = 8;
/** struct rtmsg { u8 family, dst_len, src_len, tos, table, protocol, scope, type; u32 flags } */
export const RTMSG_BYTES = 12;
/** struct ndmsg { u8 family; u8 pad; u16 pad; s32 ifindex; u16 state; u8 flags; u8 type } */
export const NDMSG_BYTES = 12;
/** struct tcmsg { u8 family; u8 pad; u16 pad; s32 ifindex; u32 handle, parent, info } */
export const TCMSG_BYTES = 20;
/** struct fib_rule_hdr, of the same layout as struct rtmsg */
export const RULE_BYTES = 12;
/** struct rtgenmsg { u8 family } and struct netconfmsg { u8 family }, padded. */
export const FAMILY_BYTES = 4;
/** struct if_stats_msg { u8 family; u8 pad; u16 pad; u32 ifindex; u32 filter_mask } */
export const IF_STATS_BYTES = 12;

/** Netlink pads everything to four bytes. */
export function align4(bytes: number): number {
  return (bytes + 3) & ~3;
}
