import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { bindMount } from '@vethlab/netlink';
import { type Node, outsideAddresses, outsideOf } from '@vethlab/topology';

/** Who answers names in a lab, as the programs in it read it: resolv.conf(5). */
export interface NameServers {
  /** `servers`: of the internet nodes. `nodes`: all that could ask one, asked for only when there is one. */
  set(servers: ReadonlyMap<string, string>, nodes: () => Iterable<string>): void;
}

/** The name server of every internet node, by name: the one that its way out offers. */
export function nameServersOf(outward: readonly (readonly [string, Node])[]): ReadonlyMap<string, string> {
  return new Map(
    outward
      .filter(([, { kind }]) => kind === 'internet')
      .map(([name, node]) => [name, outsideAddresses(outsideOf(node)).nameServer]),
  );
}

/** Where `ip netns exec NAME` takes files from that a namespace has for itself, ip-netns(8). */
const namespaceFiles = '/etc/netns';

/**
 * In a sandbox. The machine's /etc cannot be written, and must not be: it gets a folder laid over it, in which everything is the machine's but
 * `resolv.conf` and `netns`. Laid on the first need, because most labs have no way out.
 */
export class SandboxNameServers implements NameServers {
  readonly #folder: string;
  readonly #own = new HostNameServers();
  #laid = false;

  /** `folder`: where files of the lab may be made. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  set(servers: ReadonlyMap<string, string>, nodes: () => Iterable<string>): void {
    if (!this.#laid && servers.size === 0) return;
    this.#lay();
    // Shells and commands of nodes are no `ip netns exec`: they see this one.
    writeFileSync('/etc/resolv.conf', textOf([...new Set(servers.values())]));
    this.#own.set(servers, nodes);
  }

  #lay(): void {
    if (this.#laid) return;
    const machine = join(this.#folder, 'etc-of-the-machine');
    const ours = join(this.#folder, 'etc');
    for (const folder of [machine, ours, join(ours, 'netns')]) mkdirSync(folder, { recursive: true, mode: 0o755 });
    bindMount('/etc', machine, { recursive: true });
    for (const name of readdirSync(machine)) {
      // A link to a file under /run would lead nowhere: that is the sandbox's own.
      if (name !== 'resolv.conf' && name !== 'netns') symlinkSync(join(machine, name), join(ours, name));
    }
    writeFileSync(join(ours, 'resolv.conf'), '');
    bindMount(ours, '/etc');
    this.#laid = true;
  }
}

/** First line of each file that is ours, on a machine where others have theirs: resolv.conf(5) passes over it. */
const mark = '# Written by Vethlab, for as long as its lab has a way out.\n';

/**
 * On the machine itself, whose programs ask the machine's name server: only what `ip netns exec` gives a node is ours. What somebody else wrote
 * there stays as it is.
 */
export class HostNameServers implements NameServers {
  readonly #folder: string;
  readonly #written = new Map<string, string>();

  constructor(folder: string = namespaceFiles) {
    this.#folder = folder;
  }

  set(servers: ReadonlyMap<string, string>, nodes: () => Iterable<string>): void {
    const [first] = servers.values();
    const names = new Set(first === undefined ? [] : nodes());
    for (const name of this.#written.keys()) {
      if (names.has(name)) continue;
      forgetNameServer(name, this.#folder);
      this.#written.delete(name);
    }
    for (const name of names) {
      const text = textOf([servers.get(name) ?? first ?? '']);
      const file = fileOf(name, this.#folder);
      if (this.#written.get(name) === text || !isOurs(file)) continue;
      mkdirSync(dirname(file), { recursive: true, mode: 0o755 });
      writeFileSync(file, mark + text);
      this.#written.set(name, text);
    }
  }
}

/** Removes what a lab wrote for a namespace on the machine, and nothing else. */
export function forgetNameServer(name: string, folder: string = namespaceFiles): void {
  const file = fileOf(name, folder);
  if (!existsSync(file) || !isOurs(file)) return;
  rmSync(file);
  // Whatever else is in there is somebody's.
  if (readdirSync(dirname(file)).length === 0) rmdirSync(dirname(file));
}

function fileOf(name: string, folder: string): string {
  return join(folder, name, 'resolv.conf');
}

/** Whether the file may be written: it is not there, or was written by us. A link leads to a file of the machine. */
function isOurs(file: string): boolean {
  const found = lstatSync(file, { throwIfNoEntry: false });
  return found === undefined || (found.isFile() && readFileSync(file, 'utf8').startsWith(mark));
}

function textOf(servers: readonly string[]): string {
  return servers.map((server) => `nameserver ${server}\n`).join('');
}
