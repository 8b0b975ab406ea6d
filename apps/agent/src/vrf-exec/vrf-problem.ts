import { NetlinkError, tryBoundSocket } from '@vethlab/netlink';

/** Why no program can run in this VRF of the namespace that this thread is in, in the words of the system; null: it can. */
export function vrfProblem(vrf: string): string | null {
  try {
    tryBoundSocket(vrf);
    return null;
  } catch (error) {
    if (!(error instanceof NetlinkError)) throw error;
    if (error.code === 'ENODEV') return `ENODEV: the kernel has no VRF ${vrf} in this node now`;
    return error.message;
  }
}
