import { parseMac } from '../codec/mac.js';
import { NLM_F_CREATE, NLM_F_EXCL, RTM_DELLINK, RTM_NEWLINK } from '../codec/message-types.js';
import type { MessageWriter } from '../codec/message-writer.js';
import type { Request } from '../request.js';
import { checkIfname, checkUnsigned } from './checks.js';

/** Which interface: by number (sure, also after a renaming) or by name. */
export type LinkSelector = { readonly ifindex: number } | { readonly ifname: string };

/** What to change on an interface; what is left out stays. */
export interface LinkChange {
  /** Admin state. */
  readonly up?: boolean;
  /** Bytes. */
  readonly mtu?: number;
  /** As `02:00:00:00:00:01`. */
  readonly mac?: string;
  /** ifindex of the bridge or VRF to belong to; null to leave it. */
  readonly master?: number | null;
  /** Needs `ifindex`: the kernel takes a name without a number as the selector. */
  readonly newName?: string;
  /** Free text of at most 255 bytes; empty takes it away. The kernel takes none while it makes an interface, so it is a change of its own. */
  readonly alias?: string;
}

/** One end of a veth pair that is to be made. */
export interface VethEnd {
  readonly ifname: string;
  /** Preset it and no look-up is needed afterwards. Free in its namespace, or EEXIST/EBUSY. */
  readonly ifindex?: number;
  /** An open descriptor of the namespace to put it in; without it, the socket's own. Must stay open until the batch is answered. */
  readonly namespaceFd?: number;
  readonly mtu?: number;
  readonly mac?: string;
  /**
   * Transmit and receive queues each. Left out, the kernel makes one for every processor, and takes all but the first out of use at once,
   * for which it waits for two RCU grace periods with the rtnl lock held (veth_init_queues in drivers/net/veth.c). With 1 the pair works
   * just the same and is made in two thirds of the time; more processors may be used with more.
   */
  readonly queues?: number;
}

/** A bridge that is to be made. */
export interface BridgeOptions {
  readonly ifname: string;
  readonly ifindex?: number;
  readonly mac?: string;
  readonly mtu?: number;
  /** Admin state from the start. */
  readonly up?: boolean;
  /** Spanning tree. Off (the default) lets ports forward at once. */
  readonly stp?: boolean;
  /** Keeps VLANs apart. EOPNOTSUPP in a kernel without CONFIG_BRIDGE_VLAN_FILTERING. */
  readonly vlanFiltering?: boolean;
}

const IFLA_ADDRESS = 1;
const IFLA_IFNAME = 3;
const IFLA_MTU = 4;
const IFLA_MASTER = 10;
const IFLA_LINKINFO = 18;
const IFLA_IFALIAS = 20;
const IFLA_NET_NS_FD = 28;
const IFLA_NUM_TX_QUEUES = 31;
const IFLA_NUM_RX_QUEUES = 32;
const IFLA_INFO_KIND = 1;
const IFLA_INFO_DATA = 2;
const VETH_INFO_PEER = 1;
const IFLA_BR_STP_STATE = 5;
const IFLA_BR_VLAN_FILTERING = 7;
const IFF_UP = 1;
/** IFALIASZ without the NUL (linux/if.h). */
const LONGEST_ALIAS_BYTES = 255;
const CREATE = NLM_F_CREATE | NLM_F_EXCL;

/**
 * A veth pair with both ends in their namespaces from the start. Never make it in one place and move an end: a moved
 * interface loses its addresses, and moving waits for an RCU grace period. Both are down: a veth cannot be up before it has
 * its peer (ENOTCONN), so that is for `setLink`.
 *
 * Give ends in different namespaces different ifindexes. With equal ones the kernel takes the interface for one without a peer
 * and puts its change of carrier off for up to a second (linkwatch_urgent_event in net/core/link_watch.c); until then it
 * drops what is sent.
 */
export function newVeth(ends: { readonly a: VethEnd; readonly b: VethEnd }): Request {
  const a = prepareEnd(ends.a);
  const b = prepareEnd(ends.b);
  const encode = (writer: MessageWriter) => {
    a(writer);
    const info = writer.nest(IFLA_LINKINFO);
    writer.attributeText(IFLA_INFO_KIND, 'veth');
    const data = writer.nest(IFLA_INFO_DATA);
    const peer = writer.nest(VETH_INFO_PEER);
    b(writer);
    writer.unnest(peer);
    writer.unnest(data);
    writer.unnest(info);
  };
  return { label: `RTM_NEWLINK ${ends.a.ifname}`, type: RTM_NEWLINK, flags: CREATE, encode };
}

/** A bridge in the socket's namespace. */
export function newBridge(options: BridgeOptions): Request {
  const end = prepareEnd(options);
  const encode = (writer: MessageWriter) => {
    end(writer);
    const info = writer.nest(IFLA_LINKINFO);
    writer.attributeText(IFLA_INFO_KIND, 'bridge');
    const data = writer.nest(IFLA_INFO_DATA);
    if (options.stp !== undefined) writer.attributeU32(IFLA_BR_STP_STATE, options.stp ? 1 : 0);
    if (options.vlanFiltering !== undefined) writer.attributeU8(IFLA_BR_VLAN_FILTERING, options.vlanFiltering ? 1 : 0);
    writer.unnest(data);
    writer.unnest(info);
  };
  return { label: `RTM_NEWLINK ${options.ifname}`, type: RTM_NEWLINK, flags: CREATE, encode };
}

/** Changes an interface. All of one request happens in the order MTU, MAC, name, master, admin state, as far as none is refused. */
export function setLink(change: LinkSelector & LinkChange): Request {
  const select = prepareSelector(change);
  const mac = change.mac === undefined ? null : parseMac(change.mac);
  const { up, mtu, master, newName, alias } = change;
  if (mtu !== undefined) checkUnsigned(mtu, 'mtu');
  if (newName !== undefined) {
    if (!('ifindex' in change)) throw new TypeError('a new name needs the ifindex of the interface');
    checkIfname(newName);
  }
  const aliasBytes = alias === undefined ? null : aliasOf(alias);
  const encode = (writer: MessageWriter) => {
    select(writer, up === true ? IFF_UP : 0, up === undefined ? 0 : IFF_UP);
    if (mtu !== undefined) writer.attributeU32(IFLA_MTU, mtu);
    if (mac !== null) writer.attribute(IFLA_ADDRESS, mac);
    if (master !== undefined) writer.attributeU32(IFLA_MASTER, master ?? 0);
    if (newName !== undefined) writer.attributeText(IFLA_IFNAME, newName);
    if (aliasBytes !== null) writer.attribute(IFLA_IFALIAS, aliasBytes);
  };
  return { label: `RTM_NEWLINK ${selectorText(change)}`, type: RTM_NEWLINK, flags: 0, encode };
}

/** Without a NUL at its end: the kernel would keep that as part of the text, and an alias of length 0 is none. */
function aliasOf(alias: string): Uint8Array {
  const bytes = Buffer.from(alias);
  if (bytes.length > LONGEST_ALIAS_BYTES || bytes.includes(0))
    throw new RangeError(`an alias has at most ${LONGEST_ALIAS_BYTES} bytes and no NUL`);
  return bytes;
}

/** Removes an interface. Of a veth pair both ends go, with the addresses and routes of both. */
export function deleteLink(selector: LinkSelector): Request {
  const select = prepareSelector(selector);
  return {
    label: `RTM_DELLINK ${selectorText(selector)}`,
    type: RTM_DELLINK,
    flags: 0,
    encode: (writer) => select(writer, 0, 0),
  };
}

/** Checks an interface that is to be made now, and returns what writes its head later. */
export function prepareEnd(end: VethEnd & { readonly up?: boolean }): (writer: MessageWriter) => void {
  checkIfname(end.ifname);
  const { ifindex = 0, mtu, namespaceFd, queues } = end;
  checkUnsigned(ifindex, 'ifindex');
  if (mtu !== undefined) checkUnsigned(mtu, 'mtu');
  if (queues !== undefined) checkUnsigned(queues, 'queues');
  const mac = end.mac === undefined ? null : parseMac(end.mac);
  const flags = end.up === true ? IFF_UP : 0;
  return (writer) => {
    writer.interfaceHeader(ifindex, flags, flags);
    writer.attributeText(IFLA_IFNAME, end.ifname);
    if (mtu !== undefined) writer.attributeU32(IFLA_MTU, mtu);
    if (mac !== null) writer.attribute(IFLA_ADDRESS, mac);
    if (namespaceFd !== undefined) writer.attributeU32(IFLA_NET_NS_FD, namespaceFd);
    if (queues !== undefined) {
      writer.attributeU32(IFLA_NUM_TX_QUEUES, queues);
      writer.attributeU32(IFLA_NUM_RX_QUEUES, queues);
    }
  };
}

function prepareSelector(selector: LinkSelector): (writer: MessageWriter, flags: number, change: number) => void {
  if ('ifindex' in selector) {
    const { ifindex } = selector;
    checkUnsigned(ifindex, 'ifindex');
    return (writer, flags, change) => writer.interfaceHeader(ifindex, flags, change);
  }
  const { ifname } = selector;
  checkIfname(ifname);
  return (writer, flags, change) => {
    writer.interfaceHeader(0, flags, change);
    writer.attributeText(IFLA_IFNAME, ifname);
  };
}

function selectorText(selector: LinkSelector): string {
  return 'ifindex' in selector ? `ifindex ${selector.ifindex}` : selector.ifname;
}
