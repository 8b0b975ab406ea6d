import type { EndpointText } from '@vethlab/topology';
import { describe, expect, it } from 'vitest';
import { describeLink } from './describe';
import type { Appearance, EndpointState } from './endpoint-state';
import { linkState } from './link-state';

const end = (endpoint: EndpointText, appearance: Appearance): EndpointState => ({
  endpoint,
  wantedUp: true,
  kernel: null,
  appearance,
  held: null,
});
const none = [undefined, undefined] as const;

describe('a link', () => {
  it.each([
    ['up', 'up', 'up'],
    ['up', 'no-carrier', 'no-carrier'],
    ['no-carrier', 'admin-down', 'admin-down'],
    ['planned', 'up', 'planned'],
  ] as const)('with ends %s and %s looks %s', (a, b, expected) => {
    expect(linkState([end('a:eth0', a), end('b:eth0', b)], none, new Set()).appearance).toBe(expected);
  });

  it('drifts when one of its ends does', () => {
    const ends = [end('a:eth0', 'up'), end('b:eth0', 'up')] as const;
    expect(linkState(ends, none, new Set(['b:eth0'])).drift).toBe(true);
    expect(linkState(ends, none, new Set(['b'])).drift).toBe(false);
  });

  it('takes what one end received for what the other sent when that one has no counters', () => {
    const ends = [end('a:eth0', 'up'), end('b:eth0', 'up')] as const;
    const state = linkState(ends, [undefined, { rxBitsPerSecond: 7, txBitsPerSecond: 3 }], new Set());
    expect(state.forwardBitsPerSecond).toBe(7);
    expect(state.backwardBitsPerSecond).toBe(3);
  });

  it('is told in one word when both ends agree, and end by end when they do not', () => {
    const link = { endpoints: ['h1:eth0', 'h2:eth0'], up: true } as const;
    const state = (a: Appearance, b: Appearance) => linkState([end('h1:eth0', a), end('h2:eth0', b)], none, new Set());
    expect(describeLink(link, state('up', 'up'), 'live')).toBe('link h1:eth0 – h2:eth0, up');
    expect(describeLink(link, state('no-carrier', 'admin-down'), 'live')).toBe(
      'link h1:eth0 – h2:eth0, h1:eth0 no carrier, h2:eth0 down',
    );
  });
});
