import type { Step } from './plan.js';

/** What a step touches directly, for highlighting and for knowing where to look again. */
export interface Affected {
  /** Names before and after, for a rename. */
  readonly namespaces: readonly string[];
  readonly interfaces: readonly { readonly namespace: string; readonly ifname: string }[];
}

/** Namespaces and interfaces that a step names. The other end of a removed veth pair is not in the step. */
export function affectedBy({ operation }: Step): Affected {
  switch (operation.op) {
    case 'add-veth': {
      const interfaces = operation.ends.map(({ namespace, ifname }) => ({ namespace, ifname }));
      return { namespaces: [...new Set(interfaces.map((end) => end.namespace))], interfaces };
    }
    case 'rename-namespace':
      return { namespaces: [operation.namespace, operation.to], interfaces: [] };
    case 'rename-interface': {
      const { namespace, ifname, to } = operation;
      return {
        namespaces: [namespace],
        interfaces: [
          { namespace, ifname },
          { namespace, ifname: to },
        ],
      };
    }
    case 'add-bridge':
    case 'add-device':
    case 'set-device':
    case 'remove-interface':
    case 'set-interface':
    case 'limit-rate':
    case 'set-impairment':
    case 'set-bridge':
    case 'add-port-vlans':
    case 'remove-port-vlans':
    case 'add-address':
    case 'remove-address': {
      const { namespace, ifname } = operation;
      return { namespaces: [namespace], interfaces: [{ namespace, ifname }] };
    }
    default:
      return { namespaces: [operation.namespace], interfaces: [] };
  }
}
