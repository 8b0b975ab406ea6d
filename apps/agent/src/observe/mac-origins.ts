import { mkdirSync, readFileSync } from 'node:fs';
import { inNamespace, mountSysfs, NetlinkError, unmount } from '@vethlab/netlink';
import { firstIfindex } from '../kernel/ifindexes.js';
import type { LabNamespace } from '../kernel/namespaces.js';
import type { InterfaceLook } from './look.js';

/** Where the files of one namespace's interfaces are shown for a moment. */
const showroom = '/run/vethlab-sys';

/** NET_ADDR_SET (linux/netdevice.h): somebody chose the MAC; others are random or burnt in. */
const setByHand = '3';

/** Remembered answers at most; beyond it the memory starts afresh, so that a long-lived agent does not grow. */
const rememberedMax = 20_000;

/** An interface whose MAC somebody asks about. */
export interface MacBearer {
  readonly ifname: string;
  readonly ifindex: number;
  readonly mac: string | null;
}

/**
 * Tells MACs that somebody set from those that the kernel made up. Netlink does not say it, only sysfs does
 * (`addr_assign_type`), and a sysfs shows the namespace in which it was mounted: so each unknown MAC costs a mount, once.
 */
export class MacOrigins {
  readonly #byHand = new Map<string, boolean>();
  /** False once the kernel refused the mount: in a container whose own /sys is covered, say. Then no MAC counts as set. */
  #works = true;

  /** The ifnames of veth ends whose MAC was set by hand. Vethlab sets one only where the document has it, so its own are not asked for. */
  byHand(namespace: LabNamespace, looks: Iterable<InterfaceLook | null>): ReadonlySet<string> {
    const bearers: MacBearer[] = [];
    for (const look of looks) {
      if (look?.veth != null && look.observed.ifindex < firstIfindex) bearers.push(look.observed);
    }
    const unknown = bearers.filter((bearer) => !this.#byHand.has(keyOf(namespace, bearer)));
    if (unknown.length > 0 && this.#works) this.#read(namespace, unknown);
    return new Set(
      bearers.filter((bearer) => this.#byHand.get(keyOf(namespace, bearer)) === true).map(({ ifname }) => ifname),
    );
  }

  #read(namespace: LabNamespace, bearers: readonly MacBearer[]): void {
    if (this.#byHand.size > rememberedMax) this.#byHand.clear();
    mkdirSync(showroom, { recursive: true });
    try {
      inNamespace(namespace.handle, () => mountSysfs(showroom));
    } catch (error) {
      if (!(error instanceof NetlinkError)) throw error;
      this.#works = false;
      return;
    }
    try {
      for (const bearer of bearers) this.#byHand.set(keyOf(namespace, bearer), isSetByHand(bearer.ifname));
    } finally {
      unmount(showroom);
    }
  }
}

function keyOf({ inode }: LabNamespace, { ifindex, mac }: MacBearer): string {
  return `${inode} ${ifindex} ${mac}`;
}

/** Names of interfaces have no `/` and are neither `.` nor `..` (dev_valid_name), so the path cannot lead elsewhere. */
function isSetByHand(ifname: string): boolean {
  try {
    return readFileSync(`${showroom}/class/net/${ifname}/addr_assign_type`, 'utf8').trim() === setByHand;
  } catch (error) {
    // Gone or renamed since it was seen: the next look tells.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}
