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

/** Sends a datagram from an interface of the node to each address, in frames of its own making: no routing of the node has a say. */
const forger = `
import socket, struct, sys
def checksum(data):
    data += b"\\0" * (len(data) % 2)
    total = sum(struct.unpack("!%dH" % (len(data) // 2), data))
    while total >> 16: total = (total & 0xffff) + (total >> 16)
    return ~total & 0xffff
def datagram(source, target, port):
    body = b"forged"
    bare = struct.pack("!HHHH", 40000, port, 8 + len(body), 0) + body
    pseudo = source + target + (struct.pack("!IHBB", len(bare), 0, 0, 17) if len(source) == 16 else struct.pack("!BBH", 0, 17, len(bare)))
    return bare[:6] + struct.pack("!H", checksum(pseudo + bare)) + bare[8:]
port, ifname, neighbour, *sources = sys.argv[1:6]
arp = [line.split() for line in open("/proc/net/arp")][1:]
gateway = bytes.fromhex(next(words[3] for words in arp if words[0] == neighbour).replace(":", ""))
own = b"\\2\\0\\0\\0\\0\\1"
with socket.socket(socket.AF_PACKET, socket.SOCK_RAW) as link:
    link.bind((ifname, 0))
    for address in sys.argv[6:]:
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        source = socket.inet_pton(family, sources[1 if ":" in address else 0])
        target = socket.inet_pton(family, address)
        inner = datagram(source, target, int(port))
        if family == socket.AF_INET6:
            packet = struct.pack("!IHBB", 6 << 28, len(inner), 17, 64) + source + target + inner
        else:
            head = struct.pack("!BBHHHBBH", 0x45, 0, 20 + len(inner), 1, 0, 64, 17, 0) + source + target
            packet = head[:10] + struct.pack("!H", checksum(head)) + head[12:] + inner
        link.send(gateway + own + struct.pack("!H", 0x86dd if family == socket.AF_INET6 else 0x0800) + packet)
`;

/** Where forged frames leave a node, and as whose. */
export interface Forging {
  readonly ifname: string;
  /** The IPv4 address of a neighbour there: frames go to its MAC. */
  readonly neighbour: string;
  /** The IPv4 and the IPv6 address that they say they come from. */
  readonly sources: readonly [string, string];
}

/** Towards the machine, from the node's end of a way out of the usual subnet. */
export const towardsTheMachine: Forging = {
  ifname: 'uplink',
  neighbour: '198.18.0.1',
  sources: ['198.18.0.2', 'fdff:ffff:ffff:ffff::2'],
};

/** @throws Error when it cannot be sent */
export function forgeDatagrams(
  of: Machine,
  node: string,
  { ifname, neighbour, sources }: Forging,
  port: number,
  addresses: readonly string[],
): void {
  const words = [String(port), ifname, neighbour, ...sources, ...addresses];
  const { status, stderr } = of.run('nsenter', `--net=/run/netns/${node}`, 'python3', '-c', forger, ...words);
  if (status !== 0) throw new Error(stderr);
}

/** Writes down where each datagram came from, a line each, once it says that it listens. */
const listener = `
import socket, sys
with socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as one:
    one.bind(("::", int(sys.argv[1])))
    print("listening", flush=True)
    while True: print(one.recvfrom(99)[1][0], flush=True)
`;

export interface Listening {
  /** What has been heard so far: `listening`, then the addresses of those who sent. */
  readonly heard: () => readonly string[];
  /** Ends it; true once it is gone. On a machine a process of somebody else keeps a lab from being taken down. */
  readonly isEnded: () => boolean;
}

export function listenIn(of: Machine, node: string, port: number): Listening {
  const file = `/run/heard-in-${node}-${port}`;
  const start = `nsenter --net=/run/netns/${node} python3 -c '${listener}' ${port} >${file} 2>&1 </dev/null & echo $!`;
  const { status, stdout, stderr } = of.run('sh', '-c', start);
  if (status !== 0) throw new Error(stderr);
  return {
    heard: () =>
      of
        .run('cat', file)
        .stdout.split('\n')
        .filter((line) => line !== ''),
    isEnded: () => of.run('kill', '-9', stdout.trim()).status !== 0,
  };
}

/** Asks for the loopback of each namespace that the node has a number for (IFLA_TARGET_NETNSID), and prints the answers. */
const byNumber = `
import json, os, socket, struct
answers = []
with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0) as route:
    for number in range(16):
        body = struct.pack("BxHiII", 0, 0, 1, 0, 0) + struct.pack("HHi", 8, 46, number)
        route.send(struct.pack("IHHII", 16 + len(body), 18, 1, 1, 0) + body)
        answer = route.recv(65536)
        failed = struct.unpack("H", answer[4:6])[0] == 2
        answers.append(os.strerror(-struct.unpack("i", answer[16:20])[0]) if failed else "there")
print(json.dumps(sorted(set(answers))))
`;

/** What the kernel says to root of a node who looks into the namespaces at the other ends of its pairs, each answer once. */
export function namespacesByNumber(of: Machine, node: string): readonly string[] {
  const { status, stdout, stderr } = of.run('nsenter', `--net=/run/netns/${node}`, 'python3', '-c', byNumber);
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
