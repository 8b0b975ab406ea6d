import type { ObservedBeyond } from '@vethlab/observed';

/** Why what somebody made is in no lab file. */
export const whyBeyond: Readonly<Record<ObservedBeyond['kind'], string>> = {
  rule: 'A lab holds no rules of policy routing.',
  route: 'A lab holds routes with a gateway or an interface, in the main table or that of a VRF.',
  neighbour: 'In a lab neighbours find each other by ARP and NDP.',
  fdb: 'A switch of a lab learns which address is behind which port, and a tunnel has one remote end.',
  sysctl: 'Of the sysctls a lab holds those of forwarding.',
  table: 'A lab holds the rules of its nodes.',
};

/** What each is called in a sentence. */
export const beyondName: Readonly<Record<ObservedBeyond['kind'], string>> = {
  rule: 'rule',
  route: 'route',
  neighbour: 'neighbour',
  fdb: 'forwarding entry',
  sysctl: 'sysctl',
  table: 'nft table',
};
