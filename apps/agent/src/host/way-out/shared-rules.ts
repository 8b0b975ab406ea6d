import { lanChains } from '@vethlab/planner';
import type { ForwardingJournal } from './forwarding-journal.js';
import { turnedOn } from './forwarding-switches.js';
import { MachineTable } from './machine-table.js';
import { sharedTable, transitAt } from './transit.js';
import type { WayOutRecords } from './way-out-records.js';

const table = new MachineTable(sharedTable);

/** Holds back what forwarding that was turned on for ways out would let through besides. Only with the lock. */
export function setSharedRules(records: WayOutRecords, journal: ForwardingJournal): void {
  const ways = records.list().map(({ index }) => transitAt(index).ifname);
  table.set(lanChains(turnedOn(journal, ways)));
}
