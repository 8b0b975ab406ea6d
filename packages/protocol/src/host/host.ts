import type { Observed } from '@vethlab/observed';
import type { LeftOut } from '@vethlab/planner';
import type { Topology } from '@vethlab/topology';

/** A network namespace that is on the machine already, whoever made it. */
export interface HostNamespace {
  /** Its key in `observed.namespaces`: its first name; `/proc/4711 (redis-server)` without a name; empty for the machine's own. */
  readonly label: string;
  readonly kind: 'host' | 'named' | 'container' | 'processes';
  readonly inode: number;
  /** Its names in /run/netns; usually one, or none. */
  readonly names: readonly string[];
  /** The lab of Vethlab it belongs to; null: foreign. */
  readonly lab: string | null;
  /** Id of the container, as its control group tells it; null when there is none to be seen. */
  readonly container: string | null;
  /** How many processes run in it. */
  readonly processes: number;
}

/** Where a node of the drawing of a machine comes from: its name there is made to be legal and different from all others. */
export interface DrawnNode {
  readonly node: string;
  /** Label of the namespace. */
  readonly namespace: string;
  /** The bridge that is drawn as a switch of its own; null: the rest of the namespace. */
  readonly bridge: string | null;
}

/** `GET /host`, `vethlab discover --json`: what is on this machine. Nothing is changed by looking. */
export interface HostReply {
  readonly namespaces: readonly HostNamespace[];
  /** By label, with the peers of veth pairs; a pair whose other end is in a namespace that nobody can name has no peer. */
  readonly observed: Observed;
  /**
   * The same as a document that can be drawn or exported: namespaces as hosts and routers, bridges with ports as switches, veth pairs
   * as links. A picture: it belongs to no lab, and nothing of it can be applied to what it shows.
   */
  readonly topology: Topology;
  /** What each node of the document is on the machine. */
  readonly drawn: readonly DrawnNode[];
  /** What the document cannot say. */
  readonly leftOut: readonly LeftOut[];
  /** What could not be looked at, for people. */
  readonly notes: readonly string[];
}

/** What keeps a namespace of ours from being removed: it is not ours. */
export type Blocker =
  /** A process that Vethlab did not start runs inside. */
  | { readonly kind: 'process'; readonly namespace: string; readonly pid: number; readonly command: string }
  /** A veth pair that leads out of the lab, or a device of the machine: it would go with the namespace. */
  | { readonly kind: 'interface'; readonly namespace: string; readonly ifname: string };

/** What taking a lab down did. Nothing at all, when there are blockers and it was not forced. */
export interface DownReport {
  readonly lab: string;
  readonly namespaces: readonly string[];
  /** Processes that were ended. */
  readonly processes: number;
  readonly blockers: readonly Blocker[];
}

/**
 * `POST /labs/{id}/host/adopt`: give this to the lab. Namespaces belong to it from then on: taking it down removes them. Interfaces
 * in its namespaces that somebody made under a name that the document has for something else make way for the lab's own.
 */
export interface AdoptOnHostBody {
  readonly namespaces: readonly string[];
  readonly interfaces?: readonly { readonly namespace: string; readonly ifname: string }[];
}
