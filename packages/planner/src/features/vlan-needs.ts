import type { Node } from '@vethlab/topology';
import type { FeatureNeed } from './feature-need.js';

/** A bridge keeps VLANs apart only in kernels that are built for it. */
export function vlanNeeds(node: Node): FeatureNeed[] {
  if (node.kind !== 'switch') return [];
  return Object.entries(node.interfaces).flatMap(([ifname, { vlan }]): FeatureNeed[] =>
    vlan === undefined
      ? []
      : [
          {
            feature: 'vlan-filtering',
            path: ['interfaces', ifname, 'vlan'],
            what: `the VLANs of ${ifname}`,
            without: (from) => withoutVlan(from, ifname),
          },
        ],
  );
}

function withoutVlan(node: Node, ifname: string): Node {
  const found = node.interfaces[ifname];
  if (found?.vlan === undefined) return node;
  const { vlan: _, ...rest } = found;
  return { ...node, interfaces: { ...node.interfaces, [ifname]: rest } };
}
