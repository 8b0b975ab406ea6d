import { WAY_OUT_TABLE } from '@vethlab/planner';

/*
 * The guard of a way out: a network namespace between a node and the machine, joined to the node by a veth pair and to the machine by pasta. pasta (of
 * Debian 12) sends what is addressed to a loopback address to the loopback of the machine, and a node is in the hands of whoever works in it. The
 * kernel forwards no such packet from one interface to another (martians, RFC 1812 5.3.7 and RFC 4291 2.5.3), so behind a namespace that only
 * forwards there are none. It belongs to the user namespace around that of the lab: nobody in the lab may enter or change it.
 */

/** The signal of a parent's death comes only to who asked before: a parent that died earlier is not the parent any more. */
export const whileParentLives = '[ "$PPID" = "$1" ] && shift && exec "$@"';

/** Gives the node's namespace ($1) a name that lasts when the node is renamed, in a mount namespace of the guard's own. */
export const nameTheNode = `set -eu
mount -t tmpfs -o size=64k none /mnt
: >/mnt/node
mount --bind "$1" /mnt/node
shift
exec "$@"`;

/** How often the guard looks whether pasta is there, before it gives up: 10 s. */
const mostLooks = 500;

/**
 * Pid 1 of the guard's own process namespace. Waits for pasta, then makes the pair, whose end in the node gets an alias once all is there. Ends when
 * somebody takes the pair away, and with it everything in here. Arguments: addresses of the gateway, the node and the name server, length of their
 * prefix, IPv6 addresses of gateway and node, that of pasta's end; Node and the agent's program, subnet, opened ports.
 */
export const guard = `set -eu
gateway=$1 node=$2 names=$3 length=$4 gateway6=$5 node6=$6 beyond=$7
shift 7
program=$1 bundle=$2 subnet=$3
shift 3
in_node() { nsenter --net=/mnt/node "$@"; }
# Whatever listens here listens on a loopback that nothing else is on.
ip link set lo up
for conf in default all; do
  [ ! -e /proc/sys/net/ipv6/conf/$conf/accept_dad ] || echo 0 >/proc/sys/net/ipv6/conf/$conf/accept_dad
done
[ $# -eq 0 ] || "$program" "$bundle" guard "$subnet" "$@"
is_there() {
  ip route show default | grep -q . || return 1
  for port; do grep -q "$(printf ': 0100007F:%04X 00000000:0000 0A ' "$port")" /proc/net/tcp || return 1; done
}
looks=0
until is_there "$@"; do
  looks=$((looks + 1))
  [ $looks -le ${mostLooks} ] || {
    echo 'pasta did not come up.' >&2
    exit 1
  }
  sleep 0.02
done
mkfifo /mnt/events
ip -o monitor link >/mnt/events &
exec 5</mnt/events
ip link add name node mtu 65520 type veth peer name uplink mtu 65520 netns /mnt/node
ip address add "$gateway/$length" dev node
ip link set node up
echo 1 >/proc/sys/net/ipv4/ip_forward
[ $# -eq 0 ] || echo 1 >/proc/sys/net/ipv4/conf/node/route_localnet
ip route add "$names" via "$beyond"
# The node takes it for a neighbour, who pasta is.
echo 0 >/proc/sys/net/ipv4/neigh/node/proxy_delay
echo 1 >/proc/sys/net/ipv4/conf/node/proxy_arp
in_node ip link set uplink up
in_node ip address add "$node/$length" dev uplink
# Nothing to do where somebody has given the node another.
in_node ip route add default dev uplink via "$gateway" || :
if ip -6 route show default | grep -q .; then
  echo 1 >/proc/sys/net/ipv6/conf/all/forwarding
  # pasta would take these for its machine's loopback as well: IPv4 in IPv6 clothes (RFC 4291 2.5.5), and nobody (2.5.2).
  ip -6 route add unreachable ::ffff:0:0/96
  ip -6 route add unreachable ::/128
  ip -6 address add "$gateway6/64" dev node nodad
  in_node ip -6 address add "$node6/64" dev uplink nodad
  in_node ip -6 route add default dev uplink via "$gateway6" || :
fi
in_node ip link set uplink alias ${WAY_OUT_TABLE}
while read -r event <&5; do
  case $event in
    *Deleted*' node@'*)
      echo 'Its interface was removed.' >&2
      exit 1
      ;;
  esac
done
exit 1`;
