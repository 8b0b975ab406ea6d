import { nodeOf, outsideOf, type Topology } from '@vethlab/topology';
import type { OutsideOrder } from './outside-message.js';

/**
 * Whether the document says what an agent asks for. Whoever has root in a sandbox can speak for its agent; what may reach the machine is decided
 * by the document, which he cannot write.
 */
export function outsideAllowed(topology: Topology, order: OutsideOrder): boolean {
  if (order.type === 'way-out-end') return true;
  if (order.type === 'publish') {
    return order.ports.every(({ namespace, port, at }) =>
      nodeOf(topology, namespace)?.publish?.some((one) => one.port === port && one.at === at),
    );
  }
  const node = nodeOf(topology, order.namespace);
  if (node?.kind !== 'internet' || outsideOf(node) !== order.subnet) return false;
  return order.hostPorts.every((port) => node.hostPorts?.includes(port));
}
