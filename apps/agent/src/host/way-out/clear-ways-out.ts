import { type Answer, deleteLink, NetlinkError } from '@vethlab/netlink';
import { runningAgent } from '../end-agent.js';
import { isOfLab } from '../lab-key.js';
import { labOfMark } from '../mark.js';
import { ForwardingJournal } from './forwarding-journal.js';
import { withMachineLock } from './machine-lock.js';
import { setSharedRules } from './shared-rules.js';
import { withMachineRules, withRoutes } from './sockets.js';
import { sharedTable, transitAt } from './transit.js';
import { type WayOutRecord, WayOutRecords } from './way-out-records.js';

/** Removes from the machine what the ways out of a lab have there, by our own account of it: also what a crash left. */
export function clearWaysOut(lab: string, records = new WayOutRecords()): void {
  for (const record of records.list(lab)) clearWayOut(record, records);
}

/** The same for labs whose agent was killed, and that nobody has started again: their guards are gone with it. */
export function clearLeftOver(records = new WayOutRecords()): void {
  const labs = new Set(records.list().map(({ lab }) => lab));
  for (const lab of labs) if (runningAgent(lab) === null) clearWaysOut(lab, records);
}

/**
 * Removes one, as long as it is this lab's: pair and table; with the last one of the machine, forwarding goes back to how it was. It is struck out of the account
 * when all of that is done, so that whoever fails in between, or is killed, leaves it to the next.
 */
export function clearWayOut(record: WayOutRecord, records: WayOutRecords): void {
  withMachineLock(() => {
    if (!records.isOf(record)) return;
    const { ifname } = transitAt(record.index);
    const journal = new ForwardingJournal();
    const isLast = records.list().length === 1;
    removePair(ifname, record.lab);
    removeTable(ifname);
    if (isLast) {
      // In this order: nothing passes in between that would not have passed before.
      journal.restore();
      removeTable(sharedTable);
    }
    records.forget(record.index);
    if (!isLast) setSharedRules(records, journal);
  });
}

/** Only with our mark: the name alone proves nothing. */
function removePair(ifname: string, lab: string): void {
  withRoutes(undefined, (socket) => {
    const found = socket.links().find((link) => link.ifname === ifname);
    if (found === undefined || !isOfLab(lab, labOfMark(found.alias))) return;
    // It may have gone with its guard meanwhile.
    for (const answer of socket.batchSync([deleteLink({ ifindex: found.ifindex })])) refuseUnless('ENODEV', answer);
  });
}

/** Its name was free when the record was made. */
function removeTable(name: string): void {
  withMachineRules((rules) => refuseUnless('ENOENT', rules.deleteTable('inet', name)));
}

/** @throws NetlinkError of another code */
function refuseUnless(code: string, answer: Answer): void {
  if (!answer.ok && !(answer.error instanceof NetlinkError && answer.error.code === code)) throw answer.error;
}
