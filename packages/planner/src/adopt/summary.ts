import { commandsOf, linkKey, type Topology } from '@vethlab/topology';

/** Names told before it becomes a number. */
const namesMax = 4;

/** One sentence in a person's words: `Adopted ns1, ns2 and their link.` */
export function summaryOfAdoption(before: Topology, after: Topology): string {
  const nodes = Object.keys(after.nodes).filter((name) => !Object.hasOwn(before.nodes, name));
  const goneNodes = Object.keys(before.nodes).filter((name) => !Object.hasOwn(after.nodes, name));
  const links = linksBeyond(after, before);
  const goneLinks = linksBeyond(before, after);
  const changed = Object.entries(after.nodes).filter(
    ([name, node]) => Object.hasOwn(before.nodes, name) && before.nodes[name] !== node,
  );
  const came = [
    ...named(nodes, 'nodes'),
    ...counted(links, nodes.length > 1 ? 'their' : nodes.length === 1 ? 'its' : null),
  ];
  const went = [
    ...named(goneNodes, 'nodes'),
    ...(goneNodes.length > 0 ? [] : counted(goneLinks, null)),
    ...named(goneCommands(before, after), 'commands'),
  ];
  const sentences = [
    ...(came.length > 0 ? [`Adopted ${listed(came)}.`] : []),
    ...(went.length > 0 ? [`Removed ${listed(went)}, as in the kernel.`] : []),
  ];
  if (sentences.length > 0) return sentences.join(' ');
  if (changed.length > 0)
    return `Adopted what changed in ${listed(
      named(
        changed.map(([name]) => name),
        'nodes',
      ),
    )}.`;
  return 'Nothing to adopt.';
}

/** Commands of nodes that are still there: what ran in a VRF goes with it, and nobody would look for that. */
function goneCommands(before: Topology, after: Topology): readonly string[] {
  return Object.entries(after.nodes).flatMap(([name, node]) => {
    const old = Object.hasOwn(before.nodes, name) ? before.nodes[name] : undefined;
    if (old === undefined || old === node || old.commands === node.commands) return [];
    const left = commandsOf(node);
    return Object.keys(commandsOf(old)).flatMap((command) =>
      Object.hasOwn(left, command) ? [] : [`the command ${command} of ${name}`],
    );
  });
}

/** Keys of links that one document has and the other has not. */
function linksBeyond(topology: Topology, other: Topology): readonly string[] {
  const known = new Set(other.links.map(linkKey));
  return topology.links.map(linkKey).filter((key) => !known.has(key));
}

function named(names: readonly string[], what: string): readonly string[] {
  return names.length > namesMax ? [`${names.length} ${what}`] : names;
}

/** `their link`, `its 3 links`, `the link a – b`. */
function counted(links: readonly string[], whose: 'their' | 'its' | null): readonly string[] {
  const [first] = links;
  if (first === undefined) return [];
  if (links.length > 1) return [whose === null ? `${links.length} links` : `${whose} ${links.length} links`];
  return [whose === null ? `the link ${first.replace('--', ' – ')}` : `${whose} link`];
}

function listed(parts: readonly string[]): string {
  const last = parts.at(-1) ?? '';
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(', ')} and ${last}`;
}
