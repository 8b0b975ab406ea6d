import type { ObservedInterface } from '@vethlab/observed';
import { describe, expect, it } from 'vitest';
import { appearanceOf, endpointState, observedInterface } from './endpoint-state';

const kernel = (up: boolean, carrier: boolean) => ({ up, carrier });

describe('the appearance of an end', () => {
  it.each([
    [null, 'planned'],
    [kernel(true, true), 'up'],
    [kernel(true, false), 'no-carrier'],
    [kernel(false, false), 'admin-down'],
    // The kernel may still report carrier of an interface that was set down a moment ago.
    [kernel(false, true), 'admin-down'],
  ] as const)('of %o is %s', (state, expected) => {
    expect(appearanceOf(state)).toBe(expected);
  });
});

describe('what was asked of an end', () => {
  const wanted = { addresses: [], up: true };
  const link = { endpoints: ['a:eth0', 'b:eth0'], up: false } as const;

  it('is down when the link takes both ends down', () => {
    expect(endpointState('a:eth0', wanted, link, null).wantedUp).toBe(false);
  });
  it('is the state of the interface when no link uses it', () => {
    expect(endpointState('a:eth0', { ...wanted, up: false }, null, null).wantedUp).toBe(false);
    expect(endpointState('a:eth0', wanted, null, null).wantedUp).toBe(true);
  });
});

describe('a port of a bridge, as spanning tree has it', () => {
  const port = (portState: ObservedInterface['portState'], carrier = true) =>
    ({ up: true, carrier, operstate: 'up', portState }) as ObservedInterface;

  it.each([
    [port('blocking'), 'blocking'],
    [port('listening'), 'waiting'],
    [port('learning'), 'waiting'],
    [port('forwarding'), null],
    // A port that takes no part, and what is no port.
    [port('disabled'), null],
    [port(null), null],
    // Nothing passes anyway, and the wire says why.
    [port('blocking', false), null],
    [{ ...port('learning'), up: false }, null],
    [null, null],
  ] as const)('%#: %o is held: %s', (kernel, held) => {
    expect(endpointState('sw1:p1', null, null, kernel).held).toBe(held);
  });
});

describe('looking up what the kernel says', () => {
  it('does not take a property of every object for a namespace or an interface', () => {
    const observed = { namespaces: {} };
    expect(observedInterface(observed, 'constructor', 'eth0')).toBeNull();
    expect(observedInterface(observed, '__proto__', 'toString')).toBeNull();
  });
});
