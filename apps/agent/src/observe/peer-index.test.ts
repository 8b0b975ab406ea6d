import { describe, expect, it } from 'vitest';
import { PeerIndex } from './peer-index.js';

const end = (ifindex: number, peerIfindex: number, peerNsid: number | null = 0) => ({ ifindex, peerIfindex, peerNsid });

describe('peer index', () => {
  it('finds the other end of a pair whose indexes are unique', () => {
    const index = new PeerIndex(() => null);
    index.set('a', 'eth0', end(1010, 1011));
    expect(index.peerOf('a', 'eth0')).toBeNull();
    const touched = index.set('b', 'eth0', end(1011, 1010));
    expect(touched.map(({ namespace, ifname }) => `${namespace}:${ifname}`)).toEqual(['a:eth0']);
    expect(index.peerOf('a', 'eth0')).toEqual({ namespace: 'b', ifname: 'eth0' });
    expect(index.peerOf('b', 'eth0')).toEqual({ namespace: 'a', ifname: 'eth0' });
  });

  it('asks for namespace numbers when two pairs share the same indexes', () => {
    const numbers = new Map([
      ['r>a', 1],
      ['r>b', 2],
    ]);
    const index = new PeerIndex((inside, of) => numbers.get(`${inside}>${of}`) ?? null);
    index.set('a', 'eth0', end(2, 2));
    index.set('b', 'eth0', end(2, 2));
    index.set('r', 'eth0', end(2, 2, 2));
    expect(index.peerOf('r', 'eth0')).toEqual({ namespace: 'b', ifname: 'eth0' });
  });

  it('does not take an end for the peer only because its number fits by chance', () => {
    const index = new PeerIndex((inside, of) => (inside === 'a' && of === 'b' ? 7 : null));
    index.set('a', 'eth0', end(2, 2, 3));
    index.set('b', 'eth0', end(2, 2, 5));
    expect(index.peerOf('a', 'eth0')).toBeNull();
  });

  it('says whose own words are stale when a typed interface is moved', () => {
    const index = new PeerIndex(() => null);
    index.set('', 'veth0', end(2, 3, null));
    index.set('', 'veth1', end(3, 2, null));
    expect(index.staleAfter('', 'veth0', null)).toMatchObject([{ namespace: '', ifname: 'veth1' }]);
    expect(index.staleAfter('', 'veth0', end(2, 3, null))).toEqual([]);
  });

  it('finds both ends inside one namespace', () => {
    const index = new PeerIndex(() => null);
    index.set('a', 'x', end(3, 4, null));
    index.set('a', 'y', end(4, 3, null));
    expect(index.peerOf('a', 'x')).toEqual({ namespace: 'a', ifname: 'y' });
  });

  it('reports the end that lost its peer, and nothing when nothing changed', () => {
    const index = new PeerIndex(() => null);
    index.set('a', 'eth0', end(1010, 1011));
    index.set('b', 'eth0', end(1011, 1010));
    expect(index.set('b', 'eth0', end(1011, 1010))).toEqual([]);
    expect(index.set('b', 'eth0', null).map(({ namespace }) => namespace)).toEqual(['a']);
    expect(index.peerOf('a', 'eth0')).toBeNull();
    expect(index.namesIn('b')).toEqual([]);
  });
});
