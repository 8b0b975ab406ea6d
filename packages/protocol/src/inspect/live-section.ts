/**
 * The parts of a live reading, each read, compared and sent by itself. `counters` are apart from `interfaces`, because they change
 * every second and the rest hardly ever. `fdb` is the forwarding table of bridges, `counted` what
 * the rules of the lab's own table have counted, `connections` what conntrack knows.
 */
export const liveSections = [
  'interfaces',
  'counters',
  'addresses',
  'routes',
  'rules',
  'neighbours',
  'firewall',
  'sysctls',
  'sockets',
  'fdb',
  'counted',
  'connections',
] as const;

export type LiveSection = (typeof liveSections)[number];
