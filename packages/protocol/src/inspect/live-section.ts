/**
 * The parts of a live reading, each read, compared and sent by itself. `counters` are apart from `interfaces`, because they change
 * every second and the rest hardly ever. `fdb` is the forwarding table of bridges.
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
] as const;

export type LiveSection = (typeof liveSections)[number];
