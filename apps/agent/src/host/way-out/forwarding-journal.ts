import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { NetlinkError, readSysctl, writeSysctl } from '@vethlab/netlink';
import { forwardingFolder } from '../places.js';

/** A switch of the machine that we turned, or that turning another one has turned as well. */
export interface Turned {
  /** As sysctl(8) writes it, with slashes: names of interfaces may have dots. */
  readonly key: string;
  readonly was: string;
  readonly set: string;
  /** A switch that whoever turns this one for himself turns as well: as long as it is as it was, nobody has. */
  readonly witness: { readonly key: string; readonly was: string } | null;
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
  turn(key: string, value: string, witness: string | null = null): void {
    const was = readSysctl(null, key);
    if (was === value) return;
    this.#note({
      key,
      was,
      set: value,
      witness: witness === null ? null : { key: witness, was: readSysctl(null, witness) },
    });
    writeSysctl(null, key, value);
  }

  /** Writes down how a switch stands that turning another one will turn as well. */
  remember(key: string, value: string): void {
    this.#note({ key, was: value, set: value, witness: null });
  }

  /** What is as we turned it, or was remembered. */
  ours(): readonly Turned[] {
    return this.#all().filter(isOurs);
  }

  /** Puts back what is as we set it; what somebody has turned since is his. All of it is tried. @throws the first refusal */
  restore(): void {
    const turned = this.#all();
    const refusals: unknown[] = [];
    for (const one of [...turned.filter(({ key }) => key === ofAll), ...turned.filter(({ key }) => key !== ofAll)]) {
      try {
        if (isOurs(one)) writeSysctl(null, one.key, one.was);
        rmSync(this.#fileOf(one.key), { force: true });
      } catch (error) {
        refusals.push(error);
      }
    }
    if (refusals.length > 0) throw refusals[0];
  }

  /** The first note of a switch says how it stood before us. */
  #note(turned: Turned): void {
    if (this.#all().some(({ key }) => key === turned.key)) return;
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    const temporary = join(this.#folder, `.being-written.${process.pid}`);
    writeFileSync(temporary, `${JSON.stringify({ vethlab: 1, ...turned })}\n`, { mode: 0o600 });
    renameSync(temporary, this.#fileOf(turned.key));
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

/** One that was only remembered is so whatever it says now: another one has turned it. */
function isOurs({ key, was, set, witness }: Turned): boolean {
  try {
    if (witness !== null && readSysctl(null, witness.key) !== witness.was) return false;
    const now = readSysctl(null, key);
    return was === set || now === set;
  } catch (error) {
    // Its interface is gone.
    if (error instanceof NetlinkError && error.code === 'ENOENT') return false;
    throw error;
  }
}

function turnedIn(path: string): Turned | null {
  try {
    const { key, was, set, witness = null } = JSON.parse(readFileSync(path, 'utf8')) as Partial<Turned>;
    if (typeof key !== 'string' || typeof was !== 'string' || typeof set !== 'string') return null;
    return { key, was, set, witness };
  } catch {
    // Gone since.
    return null;
  }
}
