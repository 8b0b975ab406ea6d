import { spawn } from 'node:child_process';
import { asOrdinaryUser, typeByHand } from '../typed-sandbox.js';

/** The same lab as plain commands, typed by somebody who reads the manual pages: ip(8), nft(8), passt(1). */
const commands = `
ip netns add h1; ip netns add inet
ip link add name eth0 netns h1 type veth peer name eth0 netns inet
ip -n h1 addr add 10.0.0.1/24 dev eth0; ip -n inet addr add 10.0.0.254/24 dev eth0
ip -n h1 link set lo up; ip -n inet link set lo up
ip -n h1 link set eth0 up; ip -n inet link set eth0 up
ip -n h1 route add default via 10.0.0.254
ip netns exec inet sysctl -q -w net.ipv4.ip_forward=1 net.ipv4.conf.all.route_localnet=1
ip netns exec inet nft -f - <<'RULES'
table inet way {
  chain leaving { type nat hook postrouting priority 100; oifname "uplink" masquerade; }
  chain arriving { type nat hook prerouting priority -100; ip daddr 198.18.0.1 tcp dport PORT dnat ip to 127.0.0.1; }
  chain arrived { type nat hook input priority 100; ip daddr 127.0.0.1 tcp dport PORT snat ip to 127.0.0.1; }
}
RULES
`;

/** Outside of udev the device is for root only. */
const withTunDevice = 'mount -t tmpfs -o mode=755 none /dev/net && mknod -m 666 /dev/net/tun c 10 200 && exec "$@"';

export interface HandMadeLab {
  /** The pid of the first process inside. */
  readonly init: number;
  readonly end: () => void;
}

/** Makes it, with one port of the machine open. */
export async function openByHand(port: number): Promise<HandMadeLab> {
  const script = commands.replaceAll('PORT', String(port));
  const { init, end } = await typeByHand([script]);
  const root = process.getuid?.() === 0;
  const tun = root ? ['unshare', '--mount', '--propagation', 'private', 'sh', '-c', withTunDevice, 'tun'] : [];
  const pasta = [
    ...['pasta', '--foreground', '--quiet', '--config-net', '--no-map-gw', '--no-netns-quit', '--ns-ifname', 'uplink'],
    ...['--address', '198.18.0.2', '--netmask', '24', '--gateway', '198.18.0.1'],
    ...['--tcp-ports', 'none', '--udp-ports', 'none', '--udp-ns', 'none', '--tcp-ns', String(port)],
    ...['--userns', `/proc/${init}/ns/user`, '--netns', `/proc/${init}/root/run/netns/inet`],
  ];
  const [file = '', ...args] = [...tun, ...asOrdinaryUser, ...pasta];
  const outside = spawn(file, args, { stdio: 'ignore', cwd: '/' });
  return {
    init,
    end: () => {
      outside.kill('SIGKILL');
      end();
    },
  };
}
