import { everythingIsOurs, type NamespaceKeeper } from '../kernel/namespace-keeper.js';
import type { LabNamespaces } from '../kernel/namespaces.js';
import type { LabLoop, LabLoopOptions } from '../lab/lab-loop.js';
import type { LoopOrders } from './host-gate.js';

/** Where a lab runs: what of the machine is its own, and what must be asked before it is touched. */
export interface Runtime {
  readonly kind: 'sandbox' | 'host';
  /** Where files of the lab may be made: its alone. */
  readonly folder: string;
  readonly keeper: NamespaceKeeper;
  /** For the loop: the alias of what it makes, and who must be asked before a namespace is removed. */
  readonly loopOptions: Pick<LabLoopOptions, 'mark' | 'mayRemove'>;
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
    ordersFor: (loop) => loop,
  };
}
