import type { Socket } from 'node:net';
import type { Lack } from '@vethlab/observed';
import type { OutsideNews, OutsideOrder } from '@vethlab/protocol';
import type { Channel } from '../channel/channel.js';
import { everythingIsOurs, type NamespaceKeeper } from '../kernel/namespace-keeper.js';
import type { LabNamespaces } from '../kernel/namespaces.js';
import type { LabLoop, LabLoopOptions } from '../lab/lab-loop.js';
import { type NameServers, SandboxNameServers } from '../outside/name-servers.js';
import type { LoopOrders } from './host-gate.js';

export type Deliver = (message: OutsideNews, connection?: Socket) => void;

/** Where a lab runs: what of the machine is its own, and what must be asked before it is touched. */
export interface Runtime {
  readonly kind: 'sandbox' | 'host';
  /** Where files of the lab may be made: its alone. */
  readonly folder: string;
  readonly keeper: NamespaceKeeper;
  /** For the loop: the alias of what it makes, and who must be asked before a namespace is removed. */
  readonly loopOptions: Pick<LabLoopOptions, 'mark' | 'mayRemove'>;
  /** Reaches what only a process outside of the lab can do; `deliver` takes what comes back. */
  readonly outside: (channel: Channel, deliver: Deliver) => (order: OutsideOrder) => void;
  /** Why no node can have a way out; null: each can, or whoever started us says so by message. */
  readonly wayOutLack: Lack | null;
  readonly nameServers: NameServers;
  /** Takes the shell of a terminal, just started, to where the lab's shells are bounded, where that is not so from the start. */
  readonly boundShell: (pid: number) => void;
  /** What stands before the loop. */
  readonly ordersFor: (loop: LabLoop, namespaces: LabNamespaces) => LoopOrders;
}

/** A sandbox is the lab's alone: nothing needs to be asked. */
export function sandboxRuntime(): Runtime {
  return {
    kind: 'sandbox',
    folder: '/run/vethlab',
    keeper: everythingIsOurs,
    loopOptions: {},
    // The process that started us is outside, and answers through the channel like everything it says.
    outside: (channel) => (order) => channel.send(order),
    wayOutLack: null,
    nameServers: new SandboxNameServers('/run/vethlab'),
    boundShell: () => undefined,
    ordersFor: (loop) => loop,
  };
}
