import type { InspectOrder, LiveMessage, LivePieces } from '@vethlab/protocol';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LiveDesk, type LiveViewer } from './live-desk.js';

/** A viewer that keeps what it got, and can be told to be busy. */
class Viewer implements LiveViewer {
  readonly id: string;
  readonly got: LiveMessage[] = [];
  busy = false;

  constructor(id: string) {
    this.id = id;
  }

  live(message: LiveMessage): boolean {
    if (this.busy) return false;
    this.got.push(message);
    return true;
  }
}

const rules = (count: number): LivePieces => ({ rules: { total: count, rows: [], problem: null } });
const routes = (count: number): LivePieces => ({ routes: { total: count, rows: [], problem: null } });

let orders: InspectOrder[] = [];
let desk = new LiveDesk(() => undefined);

beforeEach(() => {
  vi.useFakeTimers();
  orders = [];
  desk = new LiveDesk((order) => orders.push(order));
});
afterEach(() => {
  vi.useRealTimers();
});

const take = (pieces: LivePieces, present = true) => desk.take({ type: 'live', node: 'h1', present, pieces });
const wishes = () => orders.at(-1)?.wishes;

describe('who looks at a namespace', () => {
  it('is told to the agent as one wish, however many look', () => {
    const [a, b] = [new Viewer('a'), new Viewer('b')];
    desk.look(a, 'h1', ['routes']);
    desk.look(b, 'h1', ['rules', 'routes']);
    expect(wishes()).toEqual([{ node: 'h1', sections: ['routes', 'rules'] }]);
    desk.look(b, 'h2', ['rules']);
    expect(wishes()).toEqual([
      { node: 'h1', sections: ['routes'] },
      { node: 'h2', sections: ['rules'] },
    ]);
    desk.leave(a);
    desk.leave(b);
    expect(wishes()).toEqual([]);
    expect(orders).toHaveLength(5);
  });

  it('costs the agent nothing when it changes nothing', () => {
    const [a, b] = [new Viewer('a'), new Viewer('b')];
    desk.look(a, 'h1', ['routes']);
    desk.look(b, 'h1', ['routes']);
    desk.leave(b);
    expect(orders).toHaveLength(1);
  });

  it('gets what changed in what it asked for, and nothing else', () => {
    const [a, b] = [new Viewer('a'), new Viewer('b')];
    desk.look(a, 'h1', ['routes']);
    desk.look(b, 'h1', ['routes', 'rules']);
    take({ ...routes(1), ...rules(1) });
    take(rules(2));
    desk.take({ type: 'live', node: 'other', present: true, pieces: routes(9) });
    expect(a.got.map(({ pieces }) => pieces)).toEqual([routes(1)]);
    expect(b.got.map(({ pieces }) => pieces)).toEqual([{ ...routes(1), ...rules(1) }, rules(2)]);
  });

  it('gets at once what is known, when it comes later', () => {
    desk.look(new Viewer('a'), 'h1', ['routes']);
    take(routes(3));
    const late = new Viewer('late');
    desk.look(late, 'h1', ['routes']);
    expect(late.got).toEqual([{ type: 'live', node: 'h1', present: true, pieces: routes(3) }]);
  });

  it('gets a section again when it opens it again', () => {
    const [a, b] = [new Viewer('a'), new Viewer('b')];
    desk.look(b, 'h1', ['routes', 'rules']);
    desk.look(a, 'h1', ['routes', 'rules']);
    take({ ...routes(1), ...rules(1) });
    desk.look(a, 'h1', ['routes']);
    desk.look(a, 'h1', ['routes', 'rules']);
    expect(a.got.map(({ pieces }) => pieces)).toEqual([{ ...routes(1), ...rules(1) }, rules(1)]);
  });

  it('gets the newest of each section when it could not take what was between', () => {
    const slow = new Viewer('slow');
    desk.look(slow, 'h1', ['routes', 'rules']);
    take(routes(1));
    slow.busy = true;
    for (let count = 2; count < 50; count++) take({ ...routes(count), ...rules(count) });
    slow.busy = false;
    vi.advanceTimersByTime(1_000);
    expect(slow.got.map(({ pieces }) => pieces)).toEqual([routes(1), { ...routes(49), ...rules(49) }]);
  });

  it('hears that the namespace is gone, and everything again when it is back', () => {
    const a = new Viewer('a');
    desk.look(a, 'h1', ['routes']);
    take(routes(1));
    take({}, false);
    take(routes(1));
    expect(a.got.map(({ present, pieces }) => [present, pieces])).toEqual([
      [true, routes(1)],
      [false, {}],
      [true, routes(1)],
    ]);
  });

  it('is told to a new agent, whose first word counts as news', () => {
    const a = new Viewer('a');
    desk.look(a, 'h1', ['routes']);
    take(routes(1));
    desk.agentReady();
    expect(orders).toHaveLength(2);
    expect(wishes()).toEqual([{ node: 'h1', sections: ['routes'] }]);
    take(routes(1));
    expect(a.got).toHaveLength(2);
  });
});
