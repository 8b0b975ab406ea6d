import { connect } from 'node:net';
import type { OutsideNews, OutsideOrder } from '@vethlab/protocol';
import { afterEach, describe, expect, it } from 'vitest';
import { Outside } from './outside.js';
import type { GuardPlace } from './way-out-commands.js';

const start = { type: 'way-out-start', key: '1', namespace: 'inet', subnet: '198.18.0.0/24', hostPorts: [] };
const wish = { namespace: 'h1', port: 80, at: 1 };

let outside: Outside | undefined;
afterEach(() => outside?.endAll());

function outsideOf(options: {
  readonly allows?: (order: OutsideOrder) => boolean;
  readonly placeOf?: () => Promise<GuardPlace | null>;
}): { outside: Outside; told: OutsideNews[] } {
  const told: OutsideNews[] = [];
  outside = new Outside({
    identity: null,
    agent: { node: 'node', bundle: 'agent.mjs' },
    placeOf: options.placeOf ?? (async () => null),
    tell: (news) => told.push(news),
    allows: options.allows ?? (() => true),
    onConnection: (_wish, socket) => socket.destroy(),
  });
  return { outside, told };
}

describe('what a lab has outside', () => {
  it('answers what it refuses, so that nobody waits for ever', () => {
    const { outside, told } = outsideOf({ allows: () => false });
    expect(outside.take(start)).toBe(false);
    expect(outside.take({ type: 'publish', ports: [wish] })).toBe(false);
    const problem = 'The document of the lab does not say so.';
    expect(told).toEqual([
      { type: 'way-out-started', key: '1', problem },
      { type: 'published', problems: [{ ...wish, problem }] },
    ]);
  });

  it('says nothing to what is no order', () => {
    const { outside, told } = outsideOf({});
    expect(outside.take({ ...start, namespace: '../x' })).toBe(false);
    expect(outside.take({ ...start, hostPorts: ['22'] })).toBe(false);
    expect(told).toEqual([]);
  });

  it('carries out the orders after one that went wrong', async () => {
    let asked = 0;
    const placeOf = async () => {
      asked += 1;
      if (asked === 1) throw new Error('no place');
      return null;
    };
    const { outside, told } = outsideOf({ placeOf });
    outside.take(start);
    outside.take({ ...start, key: '2' });
    await expect
      .poll(() => told)
      .toEqual([
        { type: 'way-out-started', key: '1', problem: 'Error: no place' },
        { type: 'way-out-started', key: '2', problem: 'The lab is gone.' },
      ]);
  });

  it('starts and opens nothing once it has ended, whatever is under way', async () => {
    let asked = 0;
    const placeOf = async () => {
      asked += 1;
      return null;
    };
    const { outside, told } = outsideOf({ placeOf });
    const ended = outside.endAll();
    outside.take(start);
    outside.take({ type: 'publish', ports: [{ ...wish, at: 65_431 }] });
    await ended;
    await expect.poll(() => told).toHaveLength(2);
    expect(asked).toBe(0);
    const refused = new Promise((resolve) => connect(65_431, '127.0.0.1').once('error', resolve));
    expect(await refused).toMatchObject({ code: 'ECONNREFUSED' });
  });
});
