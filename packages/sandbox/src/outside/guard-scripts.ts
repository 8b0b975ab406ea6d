import { PASTA_PORTS_AT, WAY_OUT_TABLE } from '@vethlab/planner';

/*
 * The guard of a way out: a network namespace between a node and the machine, joined to the node by a veth pair and to the machine by pasta, or by
 * a second pair (connection.ts). pasta (of Debian 12) sends what is addressed to a loopback address to the loopback of the machine, and a node is in the hands of whoever works in it. The
 * kernel forwards no such packet from one interface to another (martians, RFC 1812 5.3.7 and RFC 4291 2.5.3), so behind a namespace that only
 * forwards there are none. It belongs to the user namespace around that of the lab: nobody in the lab may enter or change it.
 */

/** The signal of a parent's death comes only to who asked before: a parent that died earlier is not the parent any more. */
export const whileParentLives = '[ "$PPID" = "$1" ] && shift && exec "$@"';

/**
 * Goes on in the user namespace ($1, its inode) that was there when the lab was made, or not at all: what holds it open is a process that the lab may
 * have in its hands. Then takes hold of the node's namespace ($2) as descriptor 4, which lasts when the node is renamed.
 */
export const holdTheNode = `[ "$1" = - ] || [ "$1" = "$(stat -Lc %i /proc/self/ns/user)" ] || {
  echo 'This is not the user namespace around the lab.' >&2
  exit 1
}
exec 4<"$2" || exit 1
shift 2
exec "$@"`;

/** How often the guard looks whether the machine is there, every 20 ms and some, before it gives up: less than the agent waits. */
const mostLooks = 300;

/** How often it looks for IPv6, which comes right after IPv4, and only where the machine has it, before IPv4 goes on without it. */
const mostLooksForIpv6 = 5;

/** Pauses before the later looks for it, in seconds: on a busy machine pasta may be held up between the two. */
const laterLooksForIpv6 = '0.1 0.2 0.4 0.8 1.6 3.2 6.4';

/**
 * Pid 1 of the guard's own process namespace. Waits until it is joined to the machine, then makes the pair, whose end in the node gets an alias once all is there. Ends when
 * somebody takes the pair away, and with it everything in here. Arguments: addresses of the gateway, the node and the name server, length of their
 * prefix, IPv6 addresses of gateway and node, that of the machine's end; Node and the agent's program, subnet, where opened ports are, and which.
 */
export const guard = `set -eu
gateway=$1 node=$2 names=$3 length=$4 gateway6=$5 node6=$6 beyond=$7
shift 7
program=$1 bundle=$2 subnet=$3 portsat=$4
shift 4
# By pasta: ports of the machine are on the loopback in here, and whoever passes keeps his address.
by_pasta() { [ "$portsat" = ${PASTA_PORTS_AT} ]; }
in_node() { nsenter --net=/proc/self/fd/4 "$@"; }
# Whatever listens here listens on a loopback that nothing else is on.
ip link set lo up
if [ -e /proc/sys/net/ipv6 ]; then
  for conf in default all; do echo 0 >/proc/sys/net/ipv6/conf/$conf/accept_dad; done
  # Before anything is forwarded. pasta would take these for its machine's loopback as well: IPv4 in IPv6 clothes (RFC 4291 2.5.5), and nobody (2.5.2).
  ip -6 route add unreachable ::ffff:0:0/96
  ip -6 route add unreachable ::/128
fi
if [ $# -gt 0 ] || ! by_pasta; then "$program" "$bundle" guard "$subnet" "$portsat" "$@"; fi
is_there() {
  ip route show default | grep -q . || return 1
  by_pasta || return 0
  for port; do grep -q "$(printf ': 0100007F:%04X 00000000:0000 0A ' "$port")" /proc/net/tcp || return 1; done
}
has_ipv6() { ip -6 route show default | grep -q .; }
looks=0
until is_there "$@"; do
  looks=$((looks + 1))
  [ $looks -le ${mostLooks} ] || {
    echo 'The way to the machine did not come up.' >&2
    exit 1
  }
  sleep 0.02
done
looks=0
until has_ipv6 || [ $looks -ge ${mostLooksForIpv6} ]; do
  looks=$((looks + 1))
  sleep 0.02
done
# Pid 1 hears only what it has asked for.
trap 'exit 1' TERM
ip -o monitor link | while read -r event; do
  case $event in
    *Deleted*' node@'*)
      echo 'Its interface was removed.' >&2
      kill 1
      ;;
  esac
done &
ip link add name node mtu 65520 numtxqueues 1 numrxqueues 1 type veth peer name uplink mtu 65520 numtxqueues 1 numrxqueues 1
# It is marked before anybody in the node can see it.
ip link set uplink alias '${WAY_OUT_TABLE} (opening)'
ip link set uplink netns /proc/self/fd/4
ip address add "$gateway/$length" dev node
ip link set node up
echo 1 >/proc/sys/net/ipv4/ip_forward
if [ $# -gt 0 ] && by_pasta; then echo 1 >/proc/sys/net/ipv4/conf/node/route_localnet; fi
ip route add "$names" via "$beyond"
# The node takes it for a neighbour, who is beyond.
echo 0 >/proc/sys/net/ipv4/neigh/node/proxy_delay
echo 1 >/proc/sys/net/ipv4/conf/node/proxy_arp
in_node ip link set uplink up
in_node ip address add "$node/$length" dev uplink
# Nothing to do where somebody has given the node another.
in_node ip route add default dev uplink via "$gateway" 2>/dev/null || :
give_ipv6() {
  echo 1 >/proc/sys/net/ipv6/conf/all/forwarding
  ip -6 address add "$gateway6/64" dev node nodad
  # Somebody may have switched it off in the node: IPv4 goes on.
  in_node ip -6 address add "$node6/64" dev uplink nodad 2>/dev/null || :
  in_node ip -6 route add default dev uplink via "$gateway6" 2>/dev/null || :
}
if has_ipv6; then
  give_ipv6
else
  for pause in ${laterLooksForIpv6}; do
    sleep "$pause"
    if has_ipv6; then
      give_ipv6
      break
    fi
  done &
fi
in_node ip link set uplink alias ${WAY_OUT_TABLE}
wait
exit 1`;
