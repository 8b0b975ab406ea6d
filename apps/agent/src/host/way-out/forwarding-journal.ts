import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { NetlinkError, readSysctl, writeSysctl } from '@vethlab/netlink';
import { forwardingFolder } from '../places.js';

/** A switch as it is needed. */
export interface Switch {
  readonly key: string;
  readonly value: string;
  /** What whoever turns it for himself turns as well; `remembered`: it stands so already, and turning another one will turn it on the way back. */
  readonly witness: string | 'remembered' | null;
}

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

  /** Writes down how these stand, as far as that is not so yet, before any is turned. */
  note(switches: readonly Switch[]): void {
    const noted = new Set(this.#all().map(({ key }) => key));
    for (const { key, value, witness } of switches) {
      const was = readSysctl(null, key);
      if (noted.has(key) || (was === value && witness !== 'remembered')) continue;
      const beside =
        witness === null || witness === 'remembered' ? null : { key: witness, was: readSysctl(null, witness) };
      this.#write({ key, was, set: value, witness: beside });
    }
  }

  /** Turns those that are noted, or stand so already. @throws NetlinkError ENOENT where this kernel does not have one */
  turn(switches: readonly Switch[]): void {
    for (const { key, value } of switches) if (readSysctl(null, key) !== value) writeSysctl(null, key, value);
  }

  /** What we turn, or is remembered, and nobody else has turned for himself. */
  ours(): readonly Turned[] {
    return this.#all().filter(isLeftToUs);
  }

  /** Puts back what is as we set it; what somebody has turned since is his. All of it is tried. @throws the first refusal */
  restore(): void {
    const turned = this.#all();
    const refusals: unknown[] = [];
    for (const one of [...turned.filter(({ key }) => key === ofAll), ...turned.filter(({ key }) => key !== ofAll)]) {
      try {
        if (isLeftToUs(one) && isAsSet(one)) writeSysctl(null, one.key, one.was);
        rmSync(this.#fileOf(one.key), { force: true });
      } catch (error) {
        refusals.push(error);
      }
    }
    if (refusals.length > 0) throw refusals[0];
  }

  #write(turned: Turned): void {
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

function isLeftToUs({ key, witness }: Turned): boolean {
  try {
    // Its interface may be gone.
    readSysctl(null, key);
    return witness === null || readSysctl(null, witness.key) === witness.was;
  } catch (error) {
    if (error instanceof NetlinkError && error.code === 'ENOENT') return false;
    throw error;
  }
}

/** One that was only remembered is so whatever it says now: another one has turned it. */
function isAsSet({ key, was, set }: Turned): boolean {
  return was === set || readSysctl(null, key) === set;
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
