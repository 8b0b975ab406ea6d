import {
  type Ifname,
  type Link,
  type Node,
  type NodeName,
  type Rename,
  renameInInterface,
  renameInNode,
  type Topology,
} from '@vethlab/topology';

/** A document, and the renames that led to it from the first one. */
export interface EditedLab {
  readonly topology: Topology;
  readonly renames: readonly Rename[];
}

/** Renames a node everywhere in the document. */
export function renameNode(lab: EditedLab, from: string, to: string): EditedLab {
  const nodes = Object.entries(lab.topology.nodes).map(([name, node]) => [name === from ? to : name, node] as const);
  const links = lab.topology.links.map((link) => {
    const moved = link.endpoints.map((one) =>
      one.startsWith(`${from}:`) ? `${to}:${one.slice(from.length + 1)}` : one,
    );
    return touches(link, from) ? { ...link, endpoints: moved as unknown as Link['endpoints'] } : link;
  });
  const rename: Rename = { object: 'node', from: from as NodeName, to: to as NodeName };
  return { topology: { ...lab.topology, nodes: Object.fromEntries(nodes), links }, renames: [...lab.renames, rename] };
}

/** Renames an interface everywhere in the document. */
export function renameInterface(lab: EditedLab, name: string, from: string, to: string): EditedLab {
  const node = lab.topology.nodes[name];
  if (node === undefined) return lab;
  const rewrite = (one: Ifname) => (one === from ? (to as Ifname) : one);
  const interfaces = Object.entries(node.interfaces).map(
    ([one, device]) => [rewrite(one as Ifname), renameInInterface(device, rewrite)] as const,
  );
  const changed: Node = { ...renameInNode(node, rewrite), interfaces: Object.fromEntries(interfaces) };
  const links = lab.topology.links.map((link) => {
    const moved = link.endpoints.map((one) => (one === `${name}:${from}` ? `${name}:${to}` : one));
    return link.endpoints.includes(`${name}:${from}`)
      ? { ...link, endpoints: moved as unknown as Link['endpoints'] }
      : link;
  });
  const rename: Rename = { object: 'interface', node: name as NodeName, from: from as Ifname, to: to as Ifname };
  return {
    topology: { ...lab.topology, nodes: { ...lab.topology.nodes, [name]: changed }, links },
    renames: [...lab.renames, rename],
  };
}

/** Whether a link ends at a node. */
export function touches(link: Link, name: string): boolean {
  return link.endpoints.some((endpoint) => endpoint.startsWith(`${name}:`));
}
