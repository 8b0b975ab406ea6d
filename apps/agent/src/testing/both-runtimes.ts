import { expect } from 'vitest';
import { openHostLab } from './host-lab.js';
import { exampleLab, SandboxedLab } from './sandboxed-lab.js';
import { TestHost } from './test-host.js';

export type Runtime = 'sandbox' | 'host';

/** Each of some example labs in each runtime. */
export function inBothRuntimes(names: readonly string[]): { readonly name: string; readonly runtime: Runtime }[] {
  return (['sandbox', 'host'] as const).flatMap((runtime) => names.map((name) => ({ name, runtime })));
}

/** Opens example labs in either runtime; those of the host runtime on one machine, with somebody else's things on it. */
export class BothRuntimes {
  readonly #host: TestHost;
  readonly #foreign: string;
  readonly #open: SandboxedLab[] = [];

  private constructor(host: TestHost) {
    this.#host = host;
    this.#foreign = host.look();
  }

  static async make(): Promise<BothRuntimes> {
    return new BothRuntimes(await TestHost.make());
  }

  async open(name: string, runtime: Runtime): Promise<SandboxedLab> {
    const topology = exampleLab(name);
    const lab = await (runtime === 'sandbox' ? SandboxedLab.open(topology) : openHostLab(this.#host, name, topology));
    this.#open.push(lab);
    return lab;
  }

  /** Takes all labs down. What somebody else had on the machine must be as it was, byte for byte. */
  async takeDown(): Promise<void> {
    await Promise.all(this.#open.splice(0).map((lab) => lab.close()));
    expect(this.#host.look()).toBe(this.#foreign);
  }

  close(): Promise<void> {
    return this.#host.close();
  }
}
