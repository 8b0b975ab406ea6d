// Numbers of include/uapi/linux/netfilter/nfnetlink.h, nf_tables.h and nf_tables_compat.h.

/** struct nfgenmsg { u8 family; u8 version; be16 res_id } */
export const NFGENMSG_BYTES = 4;
const NFNL_SUBSYS_NFTABLES = 10;
export const NFNL_MSG_BATCH_BEGIN = 0x10;
export const NFNL_MSG_BATCH_END = 0x11;
/** What the begin and the end of a batch carry as res_id. */
export const BATCH_SUBSYSTEM = NFNL_SUBSYS_NFTABLES;
const message = (number: number) => (NFNL_SUBSYS_NFTABLES << 8) | number;
export const NFT_MSG_NEWTABLE = message(0);
export const NFT_MSG_DELTABLE = message(2);
export const NFT_MSG_NEWCHAIN = message(3);
export const NFT_MSG_GETCHAIN = message(4);
export const NFT_MSG_NEWRULE = message(6);
export const NFT_MSG_GETRULE = message(7);
export const NFT_MSG_NEWGEN = message(15);
export const NFT_MSG_GETGEN = message(16);

export const NLM_F_APPEND = 0x800;
export const NLA_F_NESTED = 0x8000;

export const NFPROTO_UNSPEC = 0;
export const NFPROTO_INET = 1;
export const NFPROTO_IPV4 = 2;
export const NFPROTO_IPV6 = 10;
export const FAMILY_NAMES: ReadonlyMap<number, string> = new Map([
  [NFPROTO_INET, 'inet'],
  [NFPROTO_IPV4, 'ip'],
  [3, 'arp'],
  [5, 'netdev'],
  [7, 'bridge'],
  [NFPROTO_IPV6, 'ip6'],
]);

/** NF_INET_* of the families ip, ip6 and inet. */
export const HOOK_NAMES = ['prerouting', 'input', 'forward', 'output', 'postrouting'] as const;

export const NF_DROP = 0;
export const NF_ACCEPT = 1;

export const NFTA_TABLE_NAME = 1;

export const NFTA_CHAIN_TABLE = 1;
export const NFTA_CHAIN_NAME = 3;
export const NFTA_CHAIN_HOOK = 4;
export const NFTA_CHAIN_POLICY = 5;
export const NFTA_CHAIN_TYPE = 7;
export const NFTA_HOOK_HOOKNUM = 1;
export const NFTA_HOOK_PRIORITY = 2;

export const NFTA_RULE_TABLE = 1;
export const NFTA_RULE_CHAIN = 2;
export const NFTA_RULE_HANDLE = 3;
export const NFTA_RULE_EXPRESSIONS = 4;

export const NFTA_GEN_ID = 1;

export const NFTA_LIST_ELEM = 1;
export const NFTA_EXPR_NAME = 1;
export const NFTA_EXPR_DATA = 2;
export const NFTA_DATA_VALUE = 1;
export const NFTA_DATA_VERDICT = 2;
export const NFTA_VERDICT_CODE = 1;

export const NFT_REG_VERDICT = 0;
export const NFT_REG_1 = 1;
export const NFT_REG_2 = 2;

export const NFTA_META_DREG = 1;
export const NFTA_META_KEY = 2;
export const NFT_META_IIFNAME = 6;
export const NFT_META_OIFNAME = 7;
export const NFT_META_NFPROTO = 15;
export const NFT_META_L4PROTO = 16;

export const NFTA_CMP_SREG = 1;
export const NFTA_CMP_OP = 2;
export const NFTA_CMP_DATA = 3;
export const NFT_CMP_EQ = 0;
export const NFT_CMP_NEQ = 1;

export const NFTA_PAYLOAD_DREG = 1;
export const NFTA_PAYLOAD_BASE = 2;
export const NFTA_PAYLOAD_OFFSET = 3;
export const NFTA_PAYLOAD_LEN = 4;
export const NFT_PAYLOAD_NETWORK_HEADER = 1;
export const NFT_PAYLOAD_TRANSPORT_HEADER = 2;

export const NFTA_BITWISE_SREG = 1;
export const NFTA_BITWISE_DREG = 2;
export const NFTA_BITWISE_LEN = 3;
export const NFTA_BITWISE_MASK = 4;
export const NFTA_BITWISE_XOR = 5;

export const NFTA_CT_DREG = 1;
export const NFTA_CT_KEY = 2;
export const NFT_CT_STATE = 0;

export const NFTA_COUNTER_BYTES = 1;
export const NFTA_COUNTER_PACKETS = 2;

export const NFTA_IMMEDIATE_DREG = 1;
export const NFTA_IMMEDIATE_DATA = 2;

export const NFTA_REJECT_TYPE = 1;
export const NFTA_REJECT_ICMP_CODE = 2;
export const NFT_REJECT_ICMP_UNREACH = 0;
export const NFT_REJECT_ICMPX_UNREACH = 2;
export const NFT_REJECT_ICMPX_PORT_UNREACH = 1;
/** ICMP_PORT_UNREACH and ICMPV6_PORT_UNREACH. */
export const PORT_UNREACHABLE: ReadonlyMap<string, number> = new Map([
  ['ip', 3],
  ['ip6', 4],
]);

export const NFTA_NAT_TYPE = 1;
export const NFTA_NAT_FAMILY = 2;
export const NFTA_NAT_REG_ADDR_MIN = 3;
export const NFTA_NAT_REG_ADDR_MAX = 4;
export const NFTA_NAT_REG_PROTO_MIN = 5;
export const NFTA_NAT_REG_PROTO_MAX = 6;
export const NFTA_NAT_FLAGS = 7;
export const NFT_NAT_SNAT = 0;
export const NFT_NAT_DNAT = 1;
export const NF_NAT_RANGE_MAP_IPS = 1;
export const NF_NAT_RANGE_PROTO_SPECIFIED = 2;

/** Of NFTA_MATCH_* and NFTA_TARGET_* alike. */
export const NFTA_XT_NAME = 1;
export const NFTA_XT_REV = 2;
export const NFTA_XT_INFO = 3;

/** NF_CT_STATE_BIT and NF_CT_STATE_INVALID_BIT (linux/netfilter/nf_conntrack_common.h). */
export const STATE_BITS = [
  ['invalid', 1],
  ['established', 2],
  ['related', 4],
  ['new', 8],
  ['untracked', 64],
] as const;

export const PROTOCOLS = [
  ['icmp', 1],
  ['tcp', 6],
  ['udp', 17],
  ['icmpv6', 58],
] as const;

/** Bytes of an interface name in a register: IFNAMSIZ. */
export const IFNAME_BYTES = 16;
/** Where source and destination are in the header of IPv4 (RFC 791) and of IPv6 (RFC 8200). */
export const ADDRESS_OFFSETS = { ipv4: { from: 12, to: 16 }, ipv6: { from: 8, to: 24 } } as const;
export const PROTOCOL_OFFSET_IPV4 = 9;
export const DESTINATION_PORT_OFFSET = 2;
