import { currentNamespace } from '@vethlab/netlink';
import { guardChains } from '@vethlab/planner';
import { parseOutsideSubnet, portProblem } from '@vethlab/topology';
import { Tables } from '../kernel/tables.js';

/**
 * Opens ports of the machine in the guard of a way out, which is where this runs, as a process of its own: `guard SUBNET PORT…`. Needs no nft.
 * @throws Error
 */
export function openGuardPorts([text = '', ...ports]: readonly string[]): void {
  const subnet = parseOutsideSubnet(text);
  const hostPorts = ports.map(Number);
  if (!subnet.ok) throw new Error(`${text} is no subnet of a way out.`);
  if (!hostPorts.every((port) => portProblem(port) === null)) throw new Error(`${ports.join(' ')} are not all ports.`);
  const tables = new Tables(currentNamespace());
  const answer = tables.set(guardChains({ subnet: subnet.value, hostPorts }));
  tables.close();
  if (!answer.ok) throw answer.error;
}
