import type { EndpointText } from '../model/names.js';
import type { Topology } from '../model/topology.js';

/** Two interfaces that are the ends of one tunnel: what one sends, the other unpacks. */
export interface Tunnel {
  readonly kind: 'vxlan' | 'gre';
  readonly ends: readonly [EndpointText, EndpointText];
  /** What tells it apart, for people: `VXLAN 42`, `GRE`, `GRE, key 7`. */
  readonly label: string;
}

/**
 * Tunnels with both ends in the lab: interfaces whose local and remote addresses are each other's, with the same id and port, or key. Each
 * interface is in one of them at most.
 */
export function tunnelsOf(topology: Topology): readonly Tunnel[] {
  const waiting = new Map<string, EndpointText[]>();
  const found: Tunnel[] = [];
  for (const [name, { interfaces }] of Object.entries(topology.nodes)) {
    for (const ifname in interfaces) {
      const device = Object.hasOwn(interfaces, ifname) ? interfaces[ifname]?.device : undefined;
      if (device?.kind !== 'vxlan' && device?.kind !== 'gre') continue;
      const { local, remote } = device;
      if (local === undefined || remote === undefined) continue;
      const mark = device.kind === 'vxlan' ? `vxlan ${device.id} ${device.port}` : `gre ${device.key ?? ''}`;
      const end: EndpointText = `${name}:${ifname}`;
      const other = waiting.get(`${mark} ${remote} ${local}`)?.shift();
      if (other === undefined) {
        const here = `${mark} ${local} ${remote}`;
        const list = waiting.get(here);
        if (list === undefined) waiting.set(here, [end]);
        else list.push(end);
        continue;
      }
      const key = device.kind === 'gre' && device.key !== undefined ? `, key ${device.key}` : '';
      const label = device.kind === 'vxlan' ? `VXLAN ${device.id}` : `GRE${key}`;
      found.push({ kind: device.kind, ends: [other, end], label });
    }
  }
  return found;
}
