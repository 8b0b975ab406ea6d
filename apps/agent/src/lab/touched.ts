import { interfaceOf, namespaceOf, type Observed } from '@vethlab/observed';
import type { Operation, Step } from '@vethlab/planner';
import { parentOf } from '@vethlab/topology';
import type { Ifindexes } from '../kernel/ifindexes.js';
import type { ReadList } from '../observe/read-list.js';
import type { Slices } from '../timing/slices.js';

const ofNoInterface: ReadonlySet<Operation['op']> = new Set(['set-forwarding', 'set-rules', 'remove-table']);

/** Puts on the list what the steps touch, as far as its indexes are known now: call it before and after they are carried out. */
export async function listTouched(
  steps: readonly Step[],
  ifindexes: Ifindexes,
  list: ReadList,
  slices: Slices,
): Promise<void> {
  for (const { operation } of steps) {
    for (const name of wholeNamespaces(operation)) list.all(name);
    for (const { namespace, ifname } of interfacesOf(operation)) {
      const ifindex = ifindexes.of(namespace, ifname);
      if (ifindex === undefined) list.settings(namespace);
      else list.one(namespace, ifindex);
    }
    if (ofNoInterface.has(operation.op) && 'namespace' in operation) list.settings(operation.namespace);
    // A route that is set can take the place of one through another interface.
    if (operation.op === 'set-route' || operation.op === 'remove-route') list.routes(operation.namespace, null);
    await slices.turn();
  }
}

/** The executor finds interfaces by index; those that were not made by us are known from the last look. */
export async function noteIndexes(
  steps: readonly Step[],
  observed: Observed,
  ifindexes: Ifindexes,
  slices: Slices,
): Promise<void> {
  for (const { operation } of steps) {
    for (const { namespace, ifname } of interfacesOf(operation)) {
      const inside = namespaceOf(observed, namespace);
      const known = inside === null ? null : interfaceOf(inside, ifname);
      if (known !== null) ifindexes.note(namespace, ifname, known.ifindex);
    }
    await slices.turn();
  }
}

function wholeNamespaces(operation: Operation): readonly string[] {
  switch (operation.op) {
    case 'add-namespace':
    case 'remove-namespace':
    case 'open-way-out':
    case 'close-way-out':
      return [operation.namespace];
    case 'rename-namespace':
      return [operation.namespace, operation.to];
    case 'set-bridge':
      // Its ports tell of their VLANs from then on, or no more.
      return operation.vlanFiltering === undefined ? [] : [operation.namespace];
    default:
      return [];
  }
}

/** Also the bridge of a port and the way out of a route: their indexes are needed too. */
function interfacesOf(operation: Operation): readonly { readonly namespace: string; readonly ifname: string }[] {
  switch (operation.op) {
    case 'add-namespace':
    case 'remove-namespace':
    case 'rename-namespace':
    case 'skip-dad':
    case 'set-forwarding':
    case 'open-way-out':
    case 'close-way-out':
    case 'set-rules':
    case 'remove-table':
      return [];
    case 'add-veth':
      return operation.ends;
    case 'rename-interface':
      return [operation, { namespace: operation.namespace, ifname: operation.to }];
    case 'add-device':
    case 'set-device': {
      const parent = operation.device.kind === 'vrf' ? null : parentOf(operation.device);
      return parent === null ? [operation] : [operation, { namespace: operation.namespace, ifname: parent }];
    }
    case 'set-interface':
      return typeof operation.master === 'string'
        ? [operation, { namespace: operation.namespace, ifname: operation.master }]
        : [operation];
    case 'set-route':
    case 'remove-route': {
      const { namespace, route } = operation;
      return route.dev === undefined ? [] : [{ namespace, ifname: route.dev }];
    }
    default:
      return [operation];
  }
}
