import { namespaceOf, type Observed } from '@vethlab/observed';
import type { Operation, Step } from '@vethlab/planner';
import type { Ifindexes } from '../kernel/ifindexes.js';
import type { ReadList } from '../observe/read-list.js';
import { Slices } from '../timing/slices.js';

/** Puts on the list what the steps touch, as far as its indexes are known now: call it before and after they are carried out. */
export async function listTouched(steps: readonly Step[], ifindexes: Ifindexes, list: ReadList): Promise<void> {
  const slices = new Slices();
  for (const { operation } of steps) {
    for (const name of wholeNamespaces(operation)) list.all(name);
    for (const { namespace, ifname } of interfacesOf(operation)) {
      list.one(namespace, ifname === null ? null : (ifindexes.of(namespace, ifname) ?? null));
    }
    await slices.turn();
  }
}

/** The executor finds interfaces by index; those that were not made by us are known from the last look. */
export async function noteIndexes(steps: readonly Step[], observed: Observed, ifindexes: Ifindexes): Promise<void> {
  const slices = new Slices();
  for (const { operation } of steps) {
    for (const { namespace, ifname } of interfacesOf(operation)) {
      if (ifname === null) continue;
      const interfaces = namespaceOf(observed, namespace)?.interfaces ?? {};
      const known = Object.hasOwn(interfaces, ifname) ? interfaces[ifname] : undefined;
      if (known !== undefined) ifindexes.note(namespace, ifname, known.ifindex);
    }
    await slices.turn();
  }
}

function wholeNamespaces(operation: Operation): readonly string[] {
  switch (operation.op) {
    case 'add-namespace':
    case 'remove-namespace':
      return [operation.namespace];
    case 'rename-namespace':
      return [operation.namespace, operation.to];
    default:
      return [];
  }
}

/** Also the bridge of a port and the way out of a route: their indexes are needed too. Null: no interface in particular. */
function interfacesOf(operation: Operation): readonly { readonly namespace: string; readonly ifname: string | null }[] {
  switch (operation.op) {
    case 'add-namespace':
    case 'remove-namespace':
    case 'rename-namespace':
      return [];
    case 'skip-dad':
      return [];
    case 'set-forwarding':
      return [{ namespace: operation.namespace, ifname: null }];
    case 'add-veth':
      return operation.ends;
    case 'rename-interface':
      return [operation, { namespace: operation.namespace, ifname: operation.to }];
    case 'set-interface':
      return typeof operation.master === 'string'
        ? [operation, { namespace: operation.namespace, ifname: operation.master }]
        : [operation];
    case 'set-route':
    case 'remove-route':
      return [{ namespace: operation.namespace, ifname: operation.route.dev ?? null }];
    default:
      return [operation];
  }
}
