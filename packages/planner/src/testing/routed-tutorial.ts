/** Two namespaces with a router between them, as lines for a shell, in the blocks in which a tutorial has them. */
export const routedTutorial: readonly (readonly string[])[] = [
  ['ip netns add ns1', 'ip netns add ns2', 'ip netns add ns-router'],
  [
    'ip link add veth-ns1 type veth peer name veth-router1',
    'ip link add veth-ns2 type veth peer name veth-router2',
    'ip link set veth-ns1 netns ns1',
    'ip link set veth-router1 netns ns-router',
    'ip link set veth-ns2 netns ns2',
    'ip link set veth-router2 netns ns-router',
  ],
  [
    'ip -n ns1 addr add 192.168.1.1/24 dev veth-ns1',
    'ip -n ns-router addr add 192.168.1.254/24 dev veth-router1',
    'ip -n ns2 addr add 192.168.2.1/24 dev veth-ns2',
    'ip -n ns-router addr add 192.168.2.254/24 dev veth-router2',
    'ip -n ns1 link set veth-ns1 up',
    'ip -n ns-router link set veth-router1 up',
    'ip -n ns2 link set veth-ns2 up',
    'ip -n ns-router link set veth-router2 up',
  ],
  ['ip netns exec ns-router sysctl -w net.ipv4.ip_forward=1'],
  ['ip -n ns1 route add default via 192.168.1.254', 'ip -n ns2 route add default via 192.168.2.254'],
];
