import { defaultMetric, SWITCH_BRIDGE } from '../desired/desired.js';
import type { Operation } from '../plan.js';
import { placeOf } from '../stages/configure-routes.js';

/** Which of the differences between document and kernel are to become part of the document. */
export interface Choice {
  /** The namespace comes or goes, with all that is in it. */
  namespace(name: string): boolean;
  /** The veth pair with this end comes, goes, or leads elsewhere. */
  interface(namespace: string, ifname: string): boolean;
  /** Admin state, MTU and MAC of an interface. */
  settings(namespace: string, ifname: string): boolean;
  address(namespace: string, ifname: string, address: string): boolean;
  /** What is done to packets that leave an interface. */
  impairment(namespace: string, ifname: string): boolean;
  /** The VLANs of a switch port. */
  vlan(namespace: string, ifname: string): boolean;
  /** `place` as of `placeOf`: table, family, destination and metric. */
  route(namespace: string, place: string): boolean;
  /** Host, router or switch, and what it forwards. */
  kind(namespace: string): boolean;
  /** Firewall and NAT, as a whole. */
  rules(namespace: string): boolean;
  /** Whether a word about this place is of interest to whoever chose. */
  concerns(namespace: string, ifname: string | undefined): boolean;
}

export const everything: Choice = {
  namespace: () => true,
  interface: () => true,
  settings: () => true,
  address: () => true,
  impairment: () => true,
  vlan: () => true,
  route: () => true,
  kind: () => true,
  rules: () => true,
  concerns: () => true,
};

/** Id of a ghost. A name of a namespace has no `/`, and one of an interface neither `/` nor a space (dev_valid_name). */
export function ghostId(namespace: string, ifname?: string): string {
  return ifname === undefined ? `namespace ${namespace}` : `interface ${namespace}/${ifname}`;
}

/**
 * What somebody picked: differences by the operations that would undo them, ghosts by their ids. Ids that mean nothing are
 * left out.
 */
export function choiceOf(operations: readonly Operation[], ghostIds: readonly string[]): Choice {
  const keys = new Set(ghostIds);
  for (const operation of operations) for (const key of keysOf(operation)) keys.add(key);
  const places = new Set([...keys].map(placeOfKey));
  const has = (namespace: string, key: string) => keys.has(ghostId(namespace)) || keys.has(key);
  const hasPair = (namespace: string, ifname: string) => has(namespace, ghostId(namespace, ifname));
  return {
    namespace: (name) => keys.has(ghostId(name)),
    interface: hasPair,
    settings: (namespace, ifname) => hasPair(namespace, ifname) || keys.has(`settings ${namespace}/${ifname}`),
    address: (namespace, ifname, address) =>
      hasPair(namespace, ifname) || keys.has(`address ${namespace}/${ifname} ${address}`),
    impairment: (namespace, ifname) => hasPair(namespace, ifname) || keys.has(`impairment ${namespace}/${ifname}`),
    vlan: (namespace, ifname) => hasPair(namespace, ifname) || keys.has(`vlan ${namespace}/${ifname}`),
    route: (namespace, place) => has(namespace, `route ${namespace}/${place}`),
    // Its bridge is what makes a switch.
    kind: (namespace) => has(namespace, `kind ${namespace}/`) || keys.has(ghostId(namespace, SWITCH_BRIDGE)),
    rules: (namespace) => has(namespace, `rules ${namespace}/`),
    concerns: (namespace, ifname) =>
      places.has(`${namespace}/`) || (ifname === undefined ? false : places.has(`${namespace}/${ifname}`)),
  };
}

/** `namespace/interface` that a key is about; `namespace/` for what belongs to no interface. */
function placeOfKey(key: string): string {
  const rest = key.slice(key.indexOf(' ') + 1);
  if (key.startsWith('namespace ')) return `${rest}/`;
  const slash = rest.indexOf('/');
  const space = rest.indexOf(' ', slash);
  if (key.startsWith('route ') || key.startsWith('kind ') || key.startsWith('rules ')) return rest.slice(0, slash + 1);
  return space === -1 ? rest : rest.slice(0, space);
}

/** The differences that an operation of the repair would undo. */
function keysOf(operation: Operation): readonly string[] {
  switch (operation.op) {
    case 'add-namespace':
    case 'remove-namespace':
      return [ghostId(operation.namespace)];
    case 'add-veth':
      return operation.ends.map(({ namespace, ifname }) => ghostId(namespace, ifname));
    case 'add-device':
    case 'set-device':
    case 'remove-interface':
      return [ghostId(operation.namespace, operation.ifname)];
    case 'set-interface': {
      const settings = `settings ${operation.namespace}/${operation.ifname}`;
      return operation.master === undefined ? [settings] : [settings, `kind ${operation.namespace}/`];
    }
    case 'add-address':
    case 'remove-address':
      return [`address ${operation.namespace}/${operation.ifname} ${operation.address}`];
    case 'set-route':
    case 'remove-route': {
      const { family, to, metric, table } = operation.route;
      const place = placeOf({
        family,
        to,
        metric: metric ?? defaultMetric(family),
        ...(table === undefined ? {} : { table }),
      });
      return [`route ${operation.namespace}/${place}`];
    }
    case 'add-port-vlans':
    case 'remove-port-vlans':
      return [`vlan ${operation.namespace}/${operation.ifname}`];
    case 'set-forwarding':
    case 'set-bridge':
    case 'add-bridge':
      return [`kind ${operation.namespace}/`];
    case 'set-rules':
    case 'remove-table':
      return [`rules ${operation.namespace}/`];
    case 'limit-rate':
    case 'set-impairment':
      return [`impairment ${operation.namespace}/${operation.ifname}`];
    case 'rename-namespace':
    case 'rename-interface':
    case 'skip-dad':
    case 'open-way-out':
    case 'close-way-out':
      return [];
  }
}
