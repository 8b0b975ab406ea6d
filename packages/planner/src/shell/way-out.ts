import { outsideAddresses, UPLINK } from '@vethlab/topology';
import { wayOutArguments } from '../outside/way-out-arguments.js';
import type { WayOutWish } from '../plan.js';
import { operand } from './operand.js';

/** The table of a way out, apart from the node's own rules: its translations are part of the way, not of the lesson. */
export const WAY_OUT_TABLE = 'vethlab-way-out';

/** Where iproute2 keeps the names of namespaces, ip-netns(8). */
const namesFolder = '/run/netns/';

/**
 * pasta, passt(1), goes into the background once the interface is there. Whoever comes through the node leaves with its address; the gateway's
 * address stands for the machine, and only its opened ports are there.
 */
export function openWayOut(wish: WayOutWish): string[] {
  const node = operand(wish.namespace);
  const inside = `ip netns exec ${node}`;
  const pasta = wayOutArguments(wish, { network: `${namesFolder}${wish.namespace}`, user: null }).map(word);
  return [
    ...wayOutRules(wish).map((line) => `${inside} nft '${line}'`),
    `${inside} sysctl -q -w net.ipv4.conf.all.route_localnet=1`,
    `pasta ${pasta.join(' ')}`,
  ];
}

/** Options and the folder of the names are ours; everything else is checked. */
function word(text: string): string {
  if (text.startsWith('--')) return text;
  if (text.startsWith(namesFolder)) return `${namesFolder}${operand(text.slice(namesFolder.length))}`;
  return text.split(',').map(operand).join(',');
}

/** The interface is pasta's, and goes with it. */
export function closeWayOut(namespace: WayOutWish['namespace']): string[] {
  const node = operand(namespace);
  return [
    `pkill -f "pasta .*--netns /run/netns/${node}$"`,
    `ip netns exec ${node} nft 'delete table inet ${WAY_OUT_TABLE}'`,
  ];
}

/** What a person would type, one nft command each, nft(8). Here pasta is in the node itself, so that what is closed is closed there, and by the node's own rules. Texts are ours and numbers of the document. */
function wayOutRules({ subnet, hostPorts }: Pick<WayOutWish, 'subnet' | 'hostPorts'>): readonly string[] {
  const { gateway } = outsideAddresses(subnet);
  const table = `inet ${WAY_OUT_TABLE}`;
  const machine = `ip daddr ${gateway}`;
  const ports = `{ ${hostPorts.join(', ')} }`;
  const opened = hostPorts.length === 0 ? [] : [`${machine} tcp dport ${ports} dnat ip to 127.0.0.1`];
  // pasta takes only callers from the loopback to the machine's.
  const asLocal = opened.map(
    () => `ip saddr != 127.0.0.0/8 ip daddr 127.0.0.1 tcp dport ${ports} snat ip to 127.0.0.1`,
  );
  return [
    `add table ${table}`,
    // pasta sends a segment without any flag at times when it is busy. Nobody's connection in the eyes of conntrack, it would come to the node itself,
    // whose answer (a reset) ends the connection of the host behind it.
    `add chain ${table} strays { type filter hook prerouting priority 0; }`,
    `add rule ${table} strays iifname "${UPLINK}" ct state invalid drop`,
    `add chain ${table} leaving { type nat hook postrouting priority 100; }`,
    `add rule ${table} leaving oifname "${UPLINK}" masquerade`,
    ...asLocal.map((rule) => `add rule ${table} leaving oifname "lo" ${rule}`),
    `add chain ${table} arriving { type nat hook prerouting priority -100; }`,
    ...opened.map((rule) => `add rule ${table} arriving ${rule}`),
    `add chain ${table} own { type nat hook output priority -100; }`,
    ...opened.map((rule) => `add rule ${table} own ${rule}`),
    `add chain ${table} arrived { type nat hook input priority 100; }`,
    ...asLocal.map((rule) => `add rule ${table} arrived ${rule}`),
    // A reject needs a hook where the packet is not on its way out yet.
    ...(['forward', 'output'] as const).flatMap((hook) => [
      `add chain ${table} closed-${hook} { type filter hook ${hook} priority 0; }`,
      `add rule ${table} closed-${hook} ${machine} reject`,
    ]),
  ];
}
