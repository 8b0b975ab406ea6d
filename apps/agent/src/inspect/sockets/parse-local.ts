import { short } from '../bounded.js';
import type { ReadSocket } from './parse-inet.js';

/** Set in the flags of a unix socket that listens (__SO_ACCEPTCON, linux/net.h). */
const accepts = 0x10000;

/**
 * One line of /proc/net/unix (proc(5)): `Num RefCount Protocol Flags Type St Inode Path`. Null for a line of another form, and
 * for sockets without a name that do not listen: they are pairs inside a process.
 */
export function parseUnixLine(line: string): ReadSocket | null {
  const match = /^\S+ [0-9A-F]{8} [0-9A-F]{8} ([0-9A-F]{8}) [0-9A-F]{4} ([0-9A-F]{2})\s+(\d+)(?: (.*))?$/i.exec(line);
  if (match === null) return null;
  const [, flags = '', st = '', inode = '', name = ''] = match;
  const listens = (Number.parseInt(flags, 16) & accepts) !== 0;
  if (!listens && name === '') return null;
  return {
    protocol: 'unix',
    state: listens ? 'listen' : st === '03' ? 'established' : 'open',
    local: short(Buffer.from(name, 'latin1').toString('utf8')),
    remote: null,
    uid: 0,
    rxQueueBytes: 0,
    txQueueBytes: 0,
    inode: Number(inode),
  };
}

/**
 * One line of /proc/net/packet: `sk RefCnt Type Proto Iface R Rmem User Inode`. These see frames as they pass: tcpdump has one.
 * @param nameOf gives the interface it is bound to, by index
 */
export function parsePacketLine(line: string, nameOf: (ifindex: number) => string): ReadSocket | null {
  const [, , , proto = '', iface = '', , rmem = '', user = '', inode = ''] = line.trim().split(/\s+/);
  if (!/^[0-9a-f]{4}$/i.test(proto) || !/^\d+$/.test(inode)) return null;
  const ifindex = Number(iface);
  const what = proto === '0003' ? 'all frames' : `frames of type 0x${proto}`;
  return {
    protocol: 'packet',
    state: 'open',
    local: `${what}, ${ifindex === 0 ? 'any interface' : nameOf(ifindex)}`,
    remote: null,
    uid: Number(user) || 0,
    rxQueueBytes: Number(rmem) || 0,
    txQueueBytes: 0,
    inode: Number(inode),
  };
}
