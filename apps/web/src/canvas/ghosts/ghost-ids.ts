/**
 * Ids of what is drawn and is not in the document. No name of a node has a slash in it, and neither has that of a
 * namespace, since it is a file's; those of pairs and interfaces have one.
 */
const prefix = 'kernel/';

/** The root namespace of the lab has no name, and so the shortest id. */
export const rootNodeId: string = prefix;

/** Of a namespace; '' is the root namespace of the lab. */
export const ghostNodeId = (namespace: string): string => `${prefix}${namespace}`;

/** Of a veth pair, by its id in `Ghosts`. */
export const ghostEdgeId = (pairId: string): string => `${prefix}${pairId}`;

export const isGhostId = (id: string): boolean => id.startsWith(prefix);

/** The namespace of a ghost's node. */
export const namespaceOfGhost = (id: string): string => id.slice(prefix.length);
