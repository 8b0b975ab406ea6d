import type { Lack } from '@vethlab/observed';
import type { WayOutWish } from '@vethlab/planner';
import type { NodeName } from '@vethlab/topology';

/** A port of a node that is to be reachable on the machine's loopback. */
export interface PublishWish {
  readonly namespace: NodeName;
  readonly port: number;
  /** Port of 127.0.0.1 on the machine. */
  readonly at: number;
}

/** Agent → whoever started it: what only a process outside of the sandbox can do. `key` stands for one namespace, whatever its name becomes. */
export type OutsideOrder =
  /** Answer: `way-out-started`; later, should it end by itself, `way-out-ended`. One that the namespace has is ended first. */
  | ({ readonly type: 'way-out-start'; readonly key: string } & WayOutWish)
  /** Answer: `way-out-ended`, also when there was none. */
  | { readonly type: 'way-out-end'; readonly key: string }
  /** All ports that are to be published from now on. Answer: `published`. */
  | { readonly type: 'publish'; readonly ports: readonly PublishWish[] };

/** The other way. */
export type OutsideNews =
  /** Before there is a lab: why this machine can open no way out; null: it can. */
  | { readonly type: 'way-out-lack'; readonly lack: WayOutLack | null }
  /** Its process runs, and the interface is about to appear; or, with a problem, there will be none. */
  | { readonly type: 'way-out-started'; readonly key: string; readonly problem: string | null }
  | { readonly type: 'way-out-ended'; readonly key: string; readonly reason: string }
  /** Ports that could not be opened on the machine, with the reason. */
  | { readonly type: 'published'; readonly problems: readonly PublishProblem[] }
  /** Somebody came to a published port; the connection itself comes with the message. */
  | { readonly type: 'published-connection'; readonly namespace: NodeName; readonly port: number };

/** Why there can be no way out, and what would bring one. */
export type WayOutLack = Lack;

export interface PublishProblem extends PublishWish {
  readonly problem: string;
}
