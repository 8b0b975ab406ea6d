import { join } from 'node:path';
import type { Lack } from '@vethlab/observed';
import type { OutsideOrder } from '@vethlab/protocol';
import { Outside } from '@vethlab/sandbox';
import type { LabNamespace } from '../kernel/namespaces.js';
import { HostNameServers } from '../outside/name-servers.js';
import { namespaceDirectory } from '../sandbox/prepare.js';
import { blockerText, findBlockers } from './blockers.js';
import { findConflicts } from './conflicts.js';
import { HostGate } from './host-gate.js';
import { HostKeeper } from './host-keeper.js';
import { markOf } from './mark.js';
import { OwnedRecords } from './owned-records.js';
import { labVariable, shellsFolderOf } from './places.js';
import type { ProcessBound } from './process-bound/process-bound.js';
import type { Deliver, Runtime } from './runtime.js';
import { connectGuardOf } from './way-out/connect-guard.js';

/** A namespace of ours holds something that is not. */
export class NotOurs extends Error {
  override readonly name = 'NotOurs';
  readonly code = 'EBUSY';
}

/**
 * The machine itself, which the lab shares with other labs and with everything else: only what carries our marks is touched.
 * `wayOutLack`: why this machine can open no way out; null: it can. `bound`: null where this machine cannot bound processes.
 */
export function hostRuntime(lab: string, wayOutLack: Lack | null, bound: ProcessBound | null): Runtime {
  const records = new OwnedRecords();
  const keeper = new HostKeeper(lab, records);
  return {
    kind: 'host',
    folder: shellsFolderOf(lab),
    keeper,
    loopOptions: { mark: markOf(lab), mayRemove: (namespace) => refuseIfShared(namespace, lab, keeper) },
    outside: (channel, deliver) =>
      reachFromHost(deliver, lab, (message) => channel.send({ type: 'log', level: 'info', message })),
    wayOutLack,
    nameServers: new HostNameServers(),
    boundShell: (pid) => bound?.shell(pid),
    ordersFor: (loop, namespaces) =>
      new HostGate(loop, {
        rescan: () => {
          keeper.claim();
          return namespaces.rescan();
        },
        conflicts: (topology, nodes) => findConflicts(topology, nodes, { lab, records, keeper, namespaces }),
      }),
  };
}

/** On the machine the agent is outside itself. What it starts ends with it, and is started again by the next one. */
function reachFromHost(deliver: Deliver, lab: string, log: (message: string) => void): (order: OutsideOrder) => void {
  const outside = new Outside({
    identity: null,
    agent: { node: process.execPath, bundle: process.argv[1] ?? '' },
    environment: { [labVariable]: lab },
    placeOf: async (namespace) => ({ network: join(namespaceDirectory, namespace), user: null }),
    tell: deliver,
    connectGuard: connectGuardOf(lab),
    log,
    allows: () => true,
    onConnection: ({ namespace, port }, socket) => deliver({ type: 'published-connection', namespace, port }, socket),
  });
  return (order) => void outside.take(order);
}

/** @throws NotOurs */
function refuseIfShared({ name, inode }: LabNamespace, lab: string, keeper: HostKeeper): void {
  const allOfLab = () => keeper.owned().map((owned) => ({ name: owned.record.name, inode: owned.inode }));
  const [blocker] = findBlockers([{ name, inode }], lab, allOfLab);
  if (blocker === undefined) return;
  const mend = `end it, or take everything down with vethlab down ${lab} --force`;
  throw new NotOurs(`${name} (inode ${inode}) is not removed: ${blockerText(blocker)} and is not this lab's; ${mend}.`);
}
