import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { NetlinkError, readSysctl, writeSysctl } from '@vethlab/netlink';
import { forwardingFolder } from '../places.js';

/** A switch of the machine that we turned. */
interface Turned {
  /** As sysctl(8) writes it, with slashes: names of interfaces may have dots. */
  readonly key: string;
  readonly was: string;
  readonly set: string;
}

/** Sets those of all interfaces with it, so it goes back before they do. */
const ofAll = 'net/ipv6/conf/all/forwarding';

/**
 * Switches of the machine that ways out need, and how they stood before: a file each, written before the switch is turned, so that a crash forgets
 * none. On /run, which a restart of the machine empties, as it resets the switches.
 */
export class ForwardingJournal {
  readonly #folder: string;

  constructor(folder = forwardingFolder) {
    this.#folder = folder;
  }

  /** Turns a switch unless it stands so already. @throws NetlinkError ENOENT where this kernel does not have it */
  turn(key: string, value: string): void {
    const was = readSysctl(null, key);
    if (was === value) return;
    this.#note({ key, was, set: value });
    writeSysctl(null, key, value);
  }

  /** Writes down how a switch stands that turning another one will turn as well. */
  remember(key: string, value: string): void {
    this.#note({ key, was: value, set: value });
  }

  /** Puts back what is as we set it; what somebody has changed since is his. */
  restore(): void {
    const turned = this.#all();
    for (const one of [...turned.filter(({ key }) => key === ofAll), ...turned.filter(({ key }) => key !== ofAll)]) {
      putBack(one);
      rmSync(this.#fileOf(one.key), { force: true });
    }
  }

  /** The first note of a switch says how it stood before us. */
  #note(turned: Turned): void {
    if (this.#all().some(({ key }) => key === turned.key)) return;
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    const file = this.#fileOf(turned.key);
    const temporary = join(this.#folder, `.being-written.${process.pid}`);
    writeFileSync(temporary, `${JSON.stringify({ vethlab: 1, ...turned })}\n`, { mode: 0o600 });
    renameSync(temporary, file);
  }

  #fileOf(key: string): string {
    return join(this.#folder, encodeURIComponent(key));
  }

  #all(): Turned[] {
    try {
      return readdirSync(this.#folder)
        .filter((name) => !name.startsWith('.'))
        .map((name) => turnedIn(join(this.#folder, name)))
        .filter((one) => one !== null);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw error;
    }
  }
}

function putBack({ key, was, set }: Turned): void {
  try {
    // One that was only remembered was turned by another, which is back by now.
    if (was === set || readSysctl(null, key) === set) writeSysctl(null, key, was);
  } catch (error) {
    // Its interface is gone.
    if (!(error instanceof NetlinkError) || error.code !== 'ENOENT') throw error;
  }
}

function turnedIn(path: string): Turned | null {
  try {
    const content = JSON.parse(readFileSync(path, 'utf8')) as Partial<Turned> | null;
    const { key, was, set } = content ?? {};
    return typeof key === 'string' && typeof was === 'string' && typeof set === 'string' ? { key, was, set } : null;
  } catch {
    // Gone since.
    return null;
  }
}
