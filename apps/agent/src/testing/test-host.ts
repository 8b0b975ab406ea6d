import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { TestGroups } from './test-groups.js';

export const repository = fileURLToPath(new URL('../../../../', import.meta.url));
const isRoot = process.getuid?.() === 0;

/** Waits for its children, so that what becomes an orphan in here is reaped, as on a machine. */
const initScript = `
set -e
[ $# -eq 0 ] || mount --bind "$1" "$2"
mount -t tmpfs tmpfs /run
mkdir /run/netns
[ ! -d /etc/netns ] || mount -t tmpfs tmpfs /etc/netns
ip link set lo up
sysctl -qw net.ipv6.conf.default.accept_dad=0
echo ready
while :; do sleep 1000 & wait $! || true; done`;

/** Things of somebody else, as they may be on any machine. The rules of the second kernel (scripts/uml) know of bridges only. */
const foreignThings = `
set -e
inet=inet ip=ip
nft --check add table inet foreign 2>/dev/null || { inet=bridge; ip=bridge; }
ip netns add foreign
ip -n foreign link set lo up
ip netns exec foreign sysctl -qw net.ipv6.conf.default.accept_dad=0
ip link add fveth0 index 20 address 02:00:00:00:09:01 type veth peer name fveth1 address 02:00:00:00:09:02 netns foreign
ip link set fveth0 alias 'of somebody else'
ip addr add 10.9.9.1/24 dev fveth0
ip -n foreign addr add 10.9.9.2/24 dev fveth1
ip link set fveth0 up
ip -n foreign link set fveth1 up
ip route add 10.77.0.0/16 via 10.9.9.2
ip -n foreign route add 10.78.0.0/16 via 10.9.9.1
ip link add fbr0 address 02:00:00:00:09:03 type bridge
nft add table $inet foreign
nft "add chain $inet foreign input { type filter hook input priority 0; policy accept; }"
nft add rule $inet foreign input tcp dport 4711 drop comment '"not yours"'
ip netns exec foreign nft add table $ip inside`;

/** What can be seen of somebody else's things, with two independent readers. */
const lookScript = `
ip -j -d address
ip -j route show table all
ip -j -6 route show table all
ip -j neigh show nud permanent
nft list ruleset
sysctl net.ipv4.ip_forward net.ipv4.conf.default.rp_filter
cd /proc/sys/net; grep -s . ipv[46]/conf/*/forwarding ipv6/conf/*/force_forwarding ipv6/conf/*/accept_ra ipv4/conf/*/route_localnet
ls -l /proc/self/fd >/dev/null`;

const settleDeadlineMs = 60_000;
const settlePollMs = 20;

/** A machine for tests: a sandbox with a root, a network, processes and a /run of its own, in which somebody else has things already. */
export class TestHost {
  readonly #keeper: ChildProcess;
  readonly #init: number;
  readonly #groups: TestGroups | null;
  #world = 0;

  private constructor(keeper: ChildProcess, init: number, groups: TestGroups | null) {
    this.#keeper = keeper;
    this.#init = init;
    this.#groups = groups;
  }

  /** Where its tree of process groups is, as this machine sees it; null: it has none that a lab may make groups in. */
  get groups(): string | null {
    return this.#groups?.folder ?? null;
  }

  static async make(): Promise<TestHost> {
    const user = isRoot ? [] : ['--user', '--map-root-user'];
    const flags = [...user, '--net', '--mount', '--pid', '--ipc', '--uts', '--fork', '--kill-child', '--mount-proc'];
    const groups = TestGroups.make(randomUUID());
    const words = groups === null ? [] : ['test-host', groups.folder, groups.tree];
    const command = ['sh', '-c', initScript, ...words];
    const keeper = spawn('unshare', [...flags, ...command], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(keeper.stdout, 'data');
    const children = readFileSync(`/proc/${keeper.pid ?? 0}/task/${keeper.pid ?? 0}/children`, 'utf8');
    const host = new TestHost(keeper, Number.parseInt(children, 10), groups);
    host.sh(foreignThings);
    await host.#settled();
    return host;
  }

  /** The kernel finds carriers and link-local addresses by itself, a little later. */
  async #settled(): Promise<void> {
    const deadline = performance.now() + settleDeadlineMs;
    let last = '';
    for (;;) {
      const now = this.look();
      if (now === last && !now.includes('NO-CARRIER","BROADCAST","MULTICAST","UP"') && /fe80::ff:fe00:902/.test(now))
        return;
      if (performance.now() > deadline) throw new Error(`The test's machine does not settle: ${now}`);
      last = now;
      await new Promise((tick) => setTimeout(tick, settlePollMs));
    }
  }

  /**
   * Connects it to a world: another network namespace, at the other end of its interface `outside`, which has all of 203.0.113.0/24 and
   * 2001:db8:99::/64 that is not its own (RFC 5737, RFC 3849). IPv6 is there, and nobody's default route leads over it until somebody says so.
   */
  giveOutside(): void {
    this.#world = Number.parseInt(this.sh('unshare --net sleep 100000 >/dev/null 2>&1 & echo $!'), 10);
    this.sh(`
      until [ "$(readlink /proc/${this.#world}/ns/net)" != "$(readlink /proc/self/ns/net)" ]; do :; done
      ip link add outside address 02:00:00:00:09:04 type veth peer name outside netns ${this.#world}
      ip address add 203.0.113.2/24 dev outside
      ip -6 address add 2001:db8:99::2/64 dev outside nodad
      ip link set outside up
      nsenter --net=/proc/${this.#world}/ns/net sh -c '
        ip link set lo up
        ip address add 203.0.113.1/24 dev outside
        ip -6 address add 2001:db8:99::1/64 dev outside nodad
        ip link set outside up'
      ip route add default via 203.0.113.1`);
  }

  /** The words to put before a command that shall run in the world outside of this machine, on it. */
  get inWorld(): readonly [string, ...string[]] {
    return ['nsenter', `--net=/proc/${this.#world}/ns/net`];
  }

  /** The words to put before a command that shall run on this machine. */
  get enter(): readonly [string, ...string[]] {
    const user = isRoot ? [] : ['--user', '--preserve-credentials'];
    return ['nsenter', `--target=${this.#init}`, ...user, '--net', '--mount', '--pid', '--'];
  }

  run(...command: [string, ...string[]]) {
    const [file, ...args] = this.enter;
    return spawnSync(file, [...args, ...command], { encoding: 'utf8', timeout: 200_000 });
  }

  /** A shell script that must succeed; gives what it printed. */
  sh(script: string): string {
    const { status, stdout, stderr } = this.run('sh', '-c', script);
    if (status !== 0) throw new Error(`${script}: ${stderr}`);
    return stdout;
  }

  /** The command line of Vethlab. */
  vethlab(...words: string[]) {
    return this.run(process.execPath, `${repository}apps/cli/bin/vethlab.js`, ...words);
  }

  start(...command: [string, ...string[]]): ChildProcess {
    const [file, ...args] = this.enter;
    return spawn(file, [...args, ...command], { stdio: ['ignore', 'pipe', 'pipe'] });
  }

  /** The program of the server, with its own arguments. */
  serve(data: string, ...words: string[]): ChildProcess {
    const own = [`XDG_STATE_HOME=${data}/state`, process.execPath] as const;
    return this.start('env', ...own, `${repository}apps/server/bundle/main.js`, 'serve', '--data', data, ...words);
  }

  /** A process that runs until the machine ends, in a namespace. */
  sleepIn(namespace: string): number {
    const script = `nsenter --net=/run/netns/${namespace} sleep 10000 >/dev/null 2>&1 & echo $!`;
    return Number.parseInt(this.sh(script), 10);
  }

  /** A zombie runs no more: it waits to be counted by its parent. */
  isAlive(pid: number): boolean {
    const { stdout } = this.run('sed', '-n', 's/^.*) \\([A-Z]\\) .*/\\1/p', `/proc/${pid}/stat`);
    return stdout.trim() !== '' && stdout.trim() !== 'Z';
  }

  /** A process with an IPC channel. */
  fork(program: string, ...words: string[]): ChildProcess {
    const [file, ...args] = this.enter;
    return spawn(file, [...args, process.execPath, program, ...words], {
      cwd: '/',
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
  }

  /** Everything of somebody else, byte for byte: interfaces, addresses, routes, rules, names and inodes. */
  look(): string {
    const inside = this.sh(`nsenter --net=/run/netns/foreign sh -c '${lookScript}'`);
    const names = this.sh('for name in /run/netns/*; do stat -c "%n %i %s %a" "$name"; done; ip -j netns list');
    return [this.sh(lookScript), inside, names].join('\n----\n');
  }

  /** The machine's own interfaces, routes and rules alone: these stay the same also while labs run. */
  lookAtRoot(): string {
    return this.sh(lookScript);
  }

  names(): string[] {
    return this.sh('ls /run/netns').split('\n').filter(Boolean);
  }

  inode(name: string): number {
    return Number(this.sh(`stat -c %i /run/netns/${name}`));
  }

  /** The pid, on this machine, of a lab's agent, whatever its data folder; null: none. */
  agentPid(lab: string): number | null {
    const { stdout, status } = this.run(
      'sh',
      '-c',
      `cat /run/vethlab/agents/${lab}.pid || cat /run/vethlab/agents/${lab}@*.pid`,
    );
    return status === 0 ? Number.parseInt(stdout, 10) : null;
  }

  async close(): Promise<void> {
    const gone = once(this.#keeper, 'exit');
    this.#keeper.kill('SIGKILL');
    await gone;
    await this.#groups?.remove();
  }
}
