import { NetlinkError } from '../errors/netlink-error.js';
import { libc } from '../libc/calls.js';
import { check } from '../libc/check.js';
import { AF_NETLINK, EPROTO, MSG_NOSIGNAL, SOCK_CLOEXEC, SOCK_RAW } from '../libc/constants.js';
import { lastErrno } from '../libc/library.js';
import { decodeVerdict } from '../rtnetlink/codec/error-message.js';
import { NLM_F_ACK, NLM_F_CREATE, NLM_F_REQUEST, NLMSG_ERROR } from '../rtnetlink/codec/message-types.js';
import { MessageWriter } from '../rtnetlink/codec/message-writer.js';
import { Messages } from '../rtnetlink/codec/messages.js';
import { inbox } from '../rtnetlink/inbox.js';

// include/uapi/linux/netfilter/nfnetlink.h and nf_tables.h
const NETLINK_NETFILTER = 12;
const NFNL_SUBSYS_NFTABLES = 10;
const NFNL_MSG_BATCH_BEGIN = 16;
const NFNL_MSG_BATCH_END = 17;
const NFT_MSG_NEWTABLE = 0;
const NFTA_TABLE_NAME = 1;
/** NFPROTO_* by the names that nft gives its families. */
const FAMILIES = { inet: 1, ip: 2, ip6: 10 } as const;
/** The sequence number of the request in the middle: the only one that is answered for. */
const TABLE = 2;

/**
 * Whether a table of nf_tables can be made: makes one in the calling thread's namespace, which should be one without a name
 * (`inNewNamespace`). Families are modules or switches of their own, so a kernel may have nf_tables and not all of them.
 * @returns null, or the error number of the kernel's refusal.
 */
export function refusalOfTable(family: keyof typeof FAMILIES): number | null {
  const socket = libc.socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_NETFILTER);
  // A kernel without netfilter does not know the protocol.
  if (socket < 0) return lastErrno();
  try {
    const writer = new MessageWriter();
    writeBatch(writer, FAMILIES[family]);
    check(libc.send(socket, writer.bytes, writer.length, MSG_NOSIGNAL), 'send', 'NFT_MSG_NEWTABLE');
    return readRefusal(socket);
  } finally {
    libc.close(socket);
  }
}

/** nf_tables takes changes in batches only. */
function writeBatch(writer: MessageWriter, family: number): void {
  boundary(writer, NFNL_MSG_BATCH_BEGIN, 1);
  writer.begin((NFNL_SUBSYS_NFTABLES << 8) | NFT_MSG_NEWTABLE, NLM_F_REQUEST | NLM_F_CREATE | NLM_F_ACK, TABLE);
  header(writer, family, 0);
  writer.attributeText(NFTA_TABLE_NAME, 'probe');
  writer.end();
  boundary(writer, NFNL_MSG_BATCH_END, 3);
}

function boundary(writer: MessageWriter, type: number, sequence: number): void {
  writer.begin(type, NLM_F_REQUEST, sequence);
  header(writer, 0, NFNL_SUBSYS_NFTABLES);
  writer.end();
}

/** struct nfgenmsg { u8 family; u8 version; be16 res_id } */
function header(writer: MessageWriter, family: number, subsystem: number): void {
  writer.u8(family);
  writer.u8(0);
  writer.u16(subsystem << 8);
}

function readRefusal(socket: number): number | null {
  for (;;) {
    const length = inbox.receive(socket);
    if (length === 0) throw new NetlinkError({ errno: EPROTO, syscall: 'nfnetlink', kernelMessage: 'no answer' });
    if (length < 0) continue;
    const message = new Messages(inbox.frame, length);
    while (message.next()) {
      if (message.type !== NLMSG_ERROR) continue;
      // Without nf_tables the whole batch is refused, under the number of its beginning.
      const errno = decodeVerdict(inbox.frame, message.start, message.end, message.flags)?.errno ?? 0;
      if (errno !== 0) return errno;
      if (message.sequence === TABLE) return null;
    }
  }
}
