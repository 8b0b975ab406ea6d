import { familyOf } from '../desired/subnet.js';
import type { Operation, RouteOperand, VethEnd } from '../plan.js';
import { addPortVlans, bridgeCommand, removePortVlans } from './bridge-commands.js';
import { belowWords, typeWords } from './device-words.js';
import { nftLines } from './nft-lines.js';
import { operand, UnsafeOperandError } from './operand.js';
import { impairmentCommand, limitCommand } from './qdisc-command.js';
import { closeWayOut, openWayOut } from './way-out.js';

/** Shown instead of a command when a name from the kernel is not safe to write into a shell. Carries no foreign text. */
export const NO_SAFE_COMMAND = '# no command: a name here has characters that Vethlab never writes into a shell';

/**
 * The `ip` and `sysctl` lines that mean the same as an operation, without the prompt, one command each. For people to
 * read and copy. Never throws: for a name that cannot be written safely there is one comment line.
 */
export function commandsOf(operation: Operation): string[] {
  try {
    return strictCommandsOf(operation);
  } catch (error) {
    if (error instanceof UnsafeOperandError) return [NO_SAFE_COMMAND];
    throw error;
  }
}

/**
 * The same for scripts: throws UnsafeOperandError instead of leaving a command out. Names follow a word (`dev`, `name`):
 * without it `ip` takes an interface called `a` or `up` for one of its own words.
 */
export function strictCommandsOf(operation: Operation): string[] {
  switch (operation.op) {
    case 'add-namespace':
      return [`ip netns add ${operand(operation.namespace)}`];
    case 'skip-dad': {
      // With slashes: an interface's name may have a dot. -e: a kernel without IPv6 has no such keys.
      const keys = ['default', ...operation.ifnames].map((name) => `net/ipv6/conf/${operand(name)}/accept_dad=0`);
      return [`ip netns exec ${operand(operation.namespace)} sysctl -q -e -w ${keys.join(' ')}`];
    }
    case 'rename-namespace':
      return renameNamespace(operand(operation.namespace), operand(operation.to));
    case 'remove-namespace':
      return [`ip netns delete ${operand(operation.namespace)}`];
    case 'set-forwarding': {
      const key = operation.family === 4 ? 'net.ipv4.ip_forward' : 'net.ipv6.conf.all.forwarding';
      return [`ip netns exec ${operand(operation.namespace)} sysctl -q -w ${key}=${operation.enabled ? 1 : 0}`];
    }
    case 'open-way-out':
      return openWayOut(operation);
    case 'close-way-out':
      return closeWayOut(operation.namespace);
    case 'add-veth': {
      const [a, b] = operation.ends;
      return [`ip link add name ${vethEnd(a)} type veth peer name ${vethEnd(b)}`];
    }
    case 'add-bridge':
      return [`${inside(operation)} link add name ${operand(operation.ifname)} type bridge`];
    case 'add-device': {
      const { ifname, device, mtu, mac } = operation;
      const mtuWords = mtu === undefined ? '' : ` mtu ${operand(mtu)}`;
      const macWords = mac === undefined ? '' : ` address ${operand(mac)}`;
      const below = belowWords(device);
      return [
        `${inside(operation)} link add ${below}name ${operand(ifname)}${mtuWords}${macWords} ${typeWords(device)}`,
      ];
    }
    case 'set-device':
      return [`${inside(operation)} link set dev ${operand(operation.ifname)} ${typeWords(operation.device, true)}`];
    case 'remove-interface':
      return [`${inside(operation)} link delete dev ${operand(operation.ifname)}`];
    case 'rename-interface':
      return [`${inside(operation)} link set dev ${operand(operation.ifname)} name ${operand(operation.to)}`];
    case 'set-interface':
      return [`${inside(operation)} link set dev ${operand(operation.ifname)}${properties(operation)}`];
    case 'limit-rate':
      return [limitCommand(operation)];
    case 'set-impairment':
      return [impairmentCommand(operation)];
    case 'set-bridge':
      return [bridgeCommand(operation)];
    case 'add-port-vlans':
      return addPortVlans(operation);
    case 'remove-port-vlans':
      return removePortVlans(operation);
    case 'add-address': {
      // Without nodad the address is tentative for a second, and the first pings are lost.
      const nodad = familyOf(operation.address) === 6 ? ' nodad' : '';
      const address = operand(operation.address);
      return [`${inside(operation)} address add ${address} dev ${operand(operation.ifname)}${nodad}`];
    }
    case 'remove-address':
      return [`${inside(operation)} address delete ${operand(operation.address)} dev ${operand(operation.ifname)}`];
    case 'set-rules':
      return nftLines(operation.namespace, operation.chains);
    case 'remove-table':
      return [
        `ip netns exec ${operand(operation.namespace)} nft delete table ${operand(operation.family)} ${operand(operation.table)}`,
      ];
    case 'set-route':
      return [`${inside(operation)}${routeFamily(operation.route)} route replace ${route(operation.route)}`];
    case 'remove-route':
      return [`${inside(operation)}${routeFamily(operation.route)} route delete ${route(operation.route)}`];
  }
}

/** `ip netns` cannot rename: the name is a bind mount, and gets a second one before the first is taken away. */
function renameNamespace(from: string, to: string): string[] {
  return [
    `touch /run/netns/${to}`,
    `mount --bind /run/netns/${from} /run/netns/${to}`,
    `umount -l /run/netns/${from}`,
    `rm /run/netns/${from}`,
  ];
}

function inside({ namespace }: { readonly namespace: string }): string {
  return `ip -n ${operand(namespace)}`;
}

function vethEnd({ namespace, ifname, mtu, mac }: VethEnd): string {
  const mtuWords = mtu === undefined ? '' : ` mtu ${operand(mtu)}`;
  const macWords = mac === undefined ? '' : ` address ${operand(mac)}`;
  return `${operand(ifname)} netns ${operand(namespace)}${mtuWords}${macWords}`;
}

function properties(operation: Extract<Operation, { op: 'set-interface' }>): string {
  const { up, mtu, mac, master } = operation;
  const words: string[] = [];
  if (mtu !== undefined) words.push(`mtu ${operand(mtu)}`);
  if (mac !== undefined) words.push(`address ${operand(mac)}`);
  if (master === null) words.push('nomaster');
  if (typeof master === 'string') words.push(`master ${operand(master)}`);
  if (up !== undefined) words.push(up ? 'up' : 'down');
  return words.map((word) => ` ${word}`).join('');
}

/** An IPv4 destination tells its family by itself; IPv6 is said, as people write it. */
function routeFamily({ family }: RouteOperand): string {
  return family === 6 ? ' -6' : '';
}

function route({ to, via, dev, metric, table }: RouteOperand): string {
  const words = [operand(to)];
  if (via !== undefined) words.push(`via ${operand(via)}`);
  if (dev !== undefined) words.push(`dev ${operand(dev)}`);
  if (metric !== undefined) words.push(`metric ${operand(metric)}`);
  if (table !== undefined) words.push(`table ${operand(table)}`);
  return words.join(' ');
}
