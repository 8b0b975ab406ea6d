import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { starAddresses } from './star-lab.js';

/** The sandbox of Vethlab, by hand: so that both ways work in the same surroundings. */
const sandbox = ['--user', '--map-root-user', '--net', '--mount', '--pid', '--fork', '--kill-child', '--mount-proc'];

const timeoutMs = 300_000;

/**
 * The same star with iproute2, the way a careful script does it: one `ip -batch` for all namespaces and pairs, then one
 * `ip -batch` process per namespace. Milliseconds from the first to the last command, timed inside the sandbox.
 */
export function measureIpBatch(hosts: number): number {
  const folder = mkdtempSync(join(tmpdir(), 'vethlab-bench-'));
  try {
    const indexes = Array.from({ length: hosts }, (_, index) => index);
    const root = [
      'netns add r',
      ...indexes.map((index) => `netns add h${index}`),
      ...indexes.map((index) => `link add eth0 netns h${index} type veth peer name e${index} netns r`),
    ];
    const router = [
      'link set lo up',
      ...indexes.flatMap((index) => [
        `addr add ${starAddresses(index).router}/30 dev e${index}`,
        `link set e${index} up`,
      ]),
    ];
    writeFileSync(join(folder, 'root'), lines(root));
    writeFileSync(join(folder, 'r'), lines(router));
    for (const index of indexes) {
      const { host, router: gateway } = starAddresses(index);
      writeFileSync(
        join(folder, `h${index}`),
        lines([
          'link set lo up',
          `addr add ${host}/30 dev eth0`,
          'link set eth0 up',
          `route add default via ${gateway}`,
        ]),
      );
    }
    const script = `
      mount -t tmpfs tmpfs /run; mkdir -p /run/netns
      begin=$(date +%s%N)
      ip -batch ${folder}/root
      ip -n r -batch ${folder}/r
      ip netns exec r sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1
      i=0; while [ $i -lt ${hosts} ]; do ip -n h$i -batch ${folder}/h$i; i=$((i+1)); done
      end=$(date +%s%N)
      test "$(ip -n h${hosts - 1} route show default | wc -l)" = 1
      echo $(( (end - begin) / 1000 ))`;
    const result = spawnSync('unshare', [...sandbox, 'sh', '-euc', script], { encoding: 'utf8', timeout: timeoutMs });
    if (result.status !== 0) throw new Error(`ip -batch failed: ${result.stderr.slice(0, 500)}`);
    return Number(result.stdout.trim()) / 1000;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function lines(commands: readonly string[]): string {
  return `${commands.join('\n')}\n`;
}
