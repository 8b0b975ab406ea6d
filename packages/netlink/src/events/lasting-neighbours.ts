import { BPF, type FilterLine } from '../bpf/bpf.js';
import { AF_BRIDGE } from '../libc/constants.js';
import { NLMSG_HEADER_BYTES, RTM_DELNEIGH, RTM_NEWNEIGH } from '../rtnetlink/codec/message-types.js';
import type { EventGroup } from './groups.js';

/** NUD_* of linux/neighbour.h: the low byte of struct ndmsg's state. */
const FAILED = 0x20;
const NOARP = 0x40;
const PERMANENT = 0x80;

/** struct nlmsghdr: u32 length, u16 type. BPF reads in network order, the kernel writes in its own: the low byte comes first. */
const TYPE_AT = 4;
const FAMILY_AT = NLMSG_HEADER_BYTES;
/** struct ndmsg: u8 family, three of padding, s32 ifindex, u16 state. */
const STATE_AT = NLMSG_HEADER_BYTES + 8;

const EVERYTHING = 0xffff_ffff;

/** Of ARP and NDP the multicast addresses of an interface are `noarp`: they come and go by themselves. */
export const lastingNeighboursOnly: readonly FilterLine[] = [
  { operation: BPF.loadByte, operand: TYPE_AT },
  { operation: BPF.ifEqual, operand: RTM_NEWNEIGH, yes: 'entry' },
  { operation: BPF.ifEqual, operand: RTM_DELNEIGH, no: 'keep' },
  { label: 'entry', operation: BPF.loadByte, operand: FAMILY_AT },
  { operation: BPF.ifEqual, operand: AF_BRIDGE, no: 'neighbour' },
  { operation: BPF.loadByte, operand: STATE_AT },
  { operation: BPF.ifAnyBit, operand: NOARP | PERMANENT, yes: 'keep', no: 'drop' },
  { label: 'neighbour', operation: BPF.loadByte, operand: STATE_AT },
  { operation: BPF.ifAnyBit, operand: FAILED | PERMANENT, no: 'drop' },
  { label: 'keep', operation: BPF.keep, operand: EVERYTHING },
  { label: 'drop', operation: BPF.keep, operand: 0 },
];

/** Who listens to all neighbours wants no filter. */
export function isFiltered(groups: readonly EventGroup[]): boolean {
  return groups.includes('lasting-neighbour') && !groups.includes('neighbour');
}
