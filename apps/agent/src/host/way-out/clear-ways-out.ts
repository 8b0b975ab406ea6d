import { type Answer, deleteLink, NetlinkError } from '@vethlab/netlink';
import { isOfLab } from '../lab-key.js';
import { labOfMark } from '../mark.js';
import { ForwardingJournal } from './forwarding-journal.js';
import { withMachineRules, withRoutes } from './sockets.js';
import { transitAt } from './transit.js';
import { type WayOutRecord, WayOutRecords } from './way-out-records.js';

/** Removes from the machine what the ways out of a lab have there, by our own account of it: also what a crash left. */
export function clearWaysOut(lab: string, records = new WayOutRecords()): void {
  for (const record of records.list(lab)) clearWayOut(record, records);
}

/** Removes one: pair, table and note; with the last one of the machine, forwarding is as it was. */
export function clearWayOut(record: WayOutRecord, records: WayOutRecords): void {
  const { ifname } = transitAt(record.index);
  removePair(ifname, record.lab);
  removeTable(ifname);
  records.forget(record.index);
  if (records.list().length === 0) new ForwardingJournal().restore();
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
