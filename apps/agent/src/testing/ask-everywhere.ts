/** Asks every address over TCP and UDP at once, and prints which of them answered within three seconds, as JSON. */
const program = `
import json, socket, sys, threading
answered = []
def ask(kind, name, address):
    try:
        with socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET, kind) as one:
            one.settimeout(3)
            one.connect((address, int(sys.argv[1])))
            if kind == socket.SOCK_DGRAM: one.send(b"hi")
            if one.recv(9): answered.append(name + " " + address)
    except OSError:
        pass
kinds = [(socket.SOCK_STREAM, "tcp"), (socket.SOCK_DGRAM, "udp")]
asking = [threading.Thread(target=ask, args=(*kind, address)) for kind in kinds for address in sys.argv[2:]]
for one in asking: one.start()
for one in asking: one.join()
print(json.dumps(sorted(answered)))
`;

interface Machine {
  run(...command: [string, ...string[]]): {
    readonly status: number | null;
    readonly stdout: string;
    readonly stderr: string;
  };
}

/**
 * Who answers at this port: `tcp 127.0.0.1`, `udp ::1`, sorted.
 * `node`: the namespace that is asked from; null: the machine itself.
 */
export function answersAt(
  of: Machine,
  node: string | null,
  port: number,
  addresses: readonly string[],
): readonly string[] {
  const inside = node === null ? ['env'] : ['nsenter', `--net=/run/netns/${node}`];
  const [file = 'env', ...args] = [...inside, 'python3', '-c', program, String(port), ...addresses];
  const { status, stdout, stderr } = of.run(file, ...args);
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as readonly string[];
}

/** What stands for the machine in a lab with a way out of the usual subnet, and the machine's loopback itself. */
export const gateways = ['198.18.0.1', 'fdff:ffff:ffff:ffff::1'];
export const loopbacks = ['127.0.0.1', '::1'];

/** As somebody hostile with root in the node would: no rules any more, and the loopback leads out of the node. */
export const leadLoopbackOut = `nft flush ruleset
  sysctl -qw net.ipv4.conf.all.route_localnet=1
  ip address del 127.0.0.1/8 dev lo; ip address del ::1/128 dev lo
  ip route add 127.0.0.1/32 via 198.18.0.1 dev uplink src 198.18.0.2
  ip -6 route add ::1/128 via fdff:ffff:ffff:ffff::1 dev uplink src fdff:ffff:ffff:ffff::2`;
