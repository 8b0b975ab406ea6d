import { isIPv4 } from 'node:net';
import { currentNamespace } from '@vethlab/netlink';
import { guardChains } from '@vethlab/planner';
import { parseOutsideSubnet, portProblem } from '@vethlab/topology';
import { Tables } from '../kernel/tables.js';

/**
 * Sets the rules of the guard of a way out, which is where this runs, as a process of its own: `guard SUBNET PORTS-AT PORT…`, see `guardChains`. Needs no nft.
 * @throws Error
 */
export function openGuardPorts([text = '', portsAt = '', ...ports]: readonly string[]): void {
  const subnet = parseOutsideSubnet(text);
  const hostPorts = ports.map(Number);
  if (!subnet.ok) throw new Error(`${text} is no subnet of a way out.`);
  if (!isIPv4(portsAt)) throw new Error(`${portsAt} is no place for ports.`);
  if (!hostPorts.every((port) => portProblem(port) === null)) throw new Error(`${ports.join(' ')} are not all ports.`);
  const tables = new Tables(currentNamespace());
  const answer = tables.set(guardChains({ subnet: subnet.value, hostPorts, portsAt }));
  tables.close();
  if (!answer.ok) throw answer.error;
}
