import type { LiveMessage, LivePieces } from '@vethlab/protocol';
import { expect, it } from 'vitest';
import { stateOfLive, stateOfLook } from './live-reading';

const piece = (total: number) => ({ total, rows: [], problem: null });
const message = (node: string, pieces: LivePieces, present = true): LiveMessage => ({
  type: 'live',
  node,
  present,
  pieces,
});

it('takes in what changed and keeps the rest as the same objects', () => {
  const routes = piece(1);
  const before = { live: { node: 'h1', present: true, pieces: { routes, rules: piece(1) } } };
  const { live } = stateOfLive(before, message('h1', { rules: piece(2) }));
  expect(live?.pieces.rules?.total).toBe(2);
  expect(live?.pieces.routes).toBe(routes);
});

it('leaves out what was on its way for another node, or for nobody', () => {
  const before = { live: { node: 'h1', present: true, pieces: {} } };
  expect(stateOfLive(before, message('h2', { rules: piece(2) }))).toEqual({});
  expect(stateOfLive({ live: null }, message('h2', { rules: piece(2) }))).toEqual({});
});

it('forgets everything of a namespace that is gone', () => {
  const before = { live: { node: 'h1', present: true, pieces: { rules: piece(1) } } };
  expect(stateOfLive(before, message('h1', {}, false)).live).toEqual({ node: 'h1', present: false, pieces: {} });
});

it('keeps open sections when others are opened or closed, and begins anew with another node', () => {
  const before = { live: { node: 'h1', present: true, pieces: { rules: piece(1), routes: piece(1) } } };
  expect(stateOfLook(before, 'h1', ['rules', 'fdb']).live?.pieces).toEqual({ rules: piece(1) });
  expect(stateOfLook(before, 'h2', ['rules']).live).toEqual({ node: 'h2', present: true, pieces: {} });
  expect(stateOfLook(before, null, []).live).toBe(before.live);
});
