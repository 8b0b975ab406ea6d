/**
 * Kinds of events to listen to. `neighbour`: ARP, NDP and the forwarding tables of bridges. `lasting-neighbour`: of these only entries
 * that do not come and go by themselves (permanent and static ones), and what may be the end of one (failed, removed).
 */
export type EventGroup =
  | 'link'
  | 'ipv4-address'
  | 'ipv6-address'
  | 'ipv4-route'
  | 'ipv6-route'
  | 'neighbour'
  | 'lasting-neighbour'
  | 'qdisc'
  | 'nsid'
  | 'ipv4-rule'
  | 'ipv6-rule'
  | 'ipv4-netconf'
  | 'ipv6-netconf';

/** RTNLGRP_* numbers (linux/rtnetlink.h). */
const NUMBERS: Readonly<Record<EventGroup, number>> = {
  link: 1,
  neighbour: 3,
  'lasting-neighbour': 3,
  qdisc: 4,
  'ipv4-address': 5,
  'ipv4-route': 7,
  'ipv4-rule': 8,
  'ipv6-address': 9,
  'ipv6-route': 11,
  'ipv6-rule': 19,
  'ipv4-netconf': 24,
  'ipv6-netconf': 25,
  nsid: 28,
};

/** Of neighbours only what lasts: the others come and go with every ping. */
export const DEFAULT_GROUPS: readonly EventGroup[] = [
  'link',
  'ipv4-address',
  'ipv6-address',
  'ipv4-route',
  'ipv6-route',
  'ipv4-rule',
  'ipv6-rule',
  'nsid',
  'qdisc',
  'ipv4-netconf',
  'ipv6-netconf',
  'lasting-neighbour',
];

/** The bits for struct sockaddr_nl. */
export function groupMask(groups: readonly EventGroup[]): number {
  let mask = 0;
  for (const group of groups) mask |= 1 << (NUMBERS[group] - 1);
  return mask >>> 0;
}
