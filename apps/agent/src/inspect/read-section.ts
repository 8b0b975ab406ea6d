import type { LiveList, LivePieces, LiveSection } from '@vethlab/protocol';
import type { LookContext } from './look-context.js';
import { readAddresses } from './sections/addresses.js';
import { readConnections } from './sections/connections.js';
import { readCounted } from './sections/counted.js';
import type { CounterReader } from './sections/counters.js';
import { readFdb } from './sections/fdb.js';
import { type PeerLookup, readInterfaces } from './sections/interfaces.js';
import { readNeighbours } from './sections/neighbours.js';
import { readRoutes } from './sections/routes.js';
import { readRules } from './sections/rules.js';
import { readSockets } from './sections/sockets.js';
import { readSysctls } from './sections/sysctls.js';
import type { SocketOwners } from './sockets/socket-owners.js';

/** Sections that are read on this thread, in some milliseconds at most; `firewall` takes a process. */
export type QuickSection = Exclude<LiveSection, 'firewall'>;

export interface SectionTools {
  readonly peerOf: PeerLookup;
  readonly counters: CounterReader;
  readonly owners: SocketOwners;
}

/** Reads one section. A section that cannot be read says why, and the others go on. */
export function readSection(section: QuickSection, look: LookContext, tools: SectionTools): LivePieces {
  try {
    return read(section, look, tools);
  } catch (error) {
    const reason = error instanceof Error ? error.message.slice(0, 300) : 'It could not be read.';
    const nothing: LiveList<never> = { total: 0, rows: [], problem: { reason, remedy: 'It is read again.' } };
    return { [section]: nothing };
  }
}

function read(section: QuickSection, look: LookContext, { peerOf, counters, owners }: SectionTools): LivePieces {
  switch (section) {
    case 'interfaces':
      return { interfaces: readInterfaces(look, peerOf) };
    case 'counters':
      return { counters: counters.read(look) };
    case 'addresses':
      return { addresses: readAddresses(look) };
    case 'routes':
      return { routes: readRoutes(look) };
    case 'rules':
      return { rules: readRules(look) };
    case 'neighbours':
      return { neighbours: readNeighbours(look) };
    case 'sysctls':
      return { sysctls: readSysctls(look) };
    case 'sockets':
      return { sockets: readSockets(look, owners) };
    case 'fdb':
      return { fdb: readFdb(look) };
    case 'counted':
      return { counted: readCounted(look) };
    case 'connections':
      return { connections: readConnections(look) };
  }
}
