import type { Operstate } from '@vethlab/observed';
import { describe, expect, it } from 'vitest';
import { endStateText } from './end-state-text';
import { appearanceOf } from './endpoint-state';

function end(up: boolean, carrier: boolean, operstate: Operstate) {
  const kernel = { up, carrier, operstate };
  return { kernel, appearance: appearanceOf(kernel) };
}

describe('the words at an end of a wire', () => {
  it.each([
    ['both up, which the wire shows', end(true, true, 'up'), 'up', 'up · carrier · up', false],
    ['the far end is down', end(true, false, 'lowerlayerdown'), 'admin-down', 'up · no carrier · lowerlayerdown', true],
    ['this end is down', end(false, false, 'down'), 'no-carrier', 'admin down · down', true],
    ['both are down, which the wire says', end(false, false, 'down'), 'admin-down', 'admin down · down', false],
    ['the kernel’s verdict is another than follows', end(true, true, 'dormant'), 'up', 'up · carrier · dormant', true],
    ['a device without a verdict', end(true, true, 'unknown'), 'up', 'up · carrier · unknown', false],
  ] as const)('when %s', (_, state, other, text, tells) => {
    expect(endStateText(state, other, 'live')).toMatchObject({ texts: expect.arrayContaining([text]), tells });
  });
  it('are shorter where there is less room, the verdict last', () => {
    const { texts } = endStateText(end(true, false, 'lowerlayerdown'), 'admin-down', 'live') ?? { texts: [] };
    expect(texts).toEqual(['up · no carrier · lowerlayerdown', 'no carrier · lowerlayerdown', 'lowerlayerdown']);
  });
  it('are none of what is not there, or while nothing runs', () => {
    expect(endStateText({ kernel: null, appearance: 'planned' }, 'up', 'live')).toBeNull();
    expect(endStateText(end(true, true, 'up'), 'up', 'idle')).toBeNull();
  });
});
