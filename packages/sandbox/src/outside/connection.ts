import type { WayOutWish } from '@vethlab/planner';
import type { OutsideAddresses } from '@vethlab/topology';

/** The network between a guard and the machine: `gateway` is the machine's end, `node` the guard's. */
export type GuardAddresses = Omit<OutsideAddresses, 'nameServer'>;

/** What joins a guard to the machine where pasta does not. */
export interface GuardConnection {
  readonly addresses: GuardAddresses;
  /** Joins the guard, by its pid, and gives it its default routes. @throws Error in one sentence, why it cannot be */
  connect(guardPid: number): void;
  /** Resolves with the reason once it is there no more. */
  readonly ended: Promise<string>;
  /** Takes it away, and everything that was made for it. */
  end(): void;
}

/** Whoever runs labs on the machine itself can join a guard to it; otherwise says in one sentence why it cannot, or not now, and pasta does it. */
export type ConnectGuard = (wish: WayOutWish) => GuardConnection | string;
