import { expect, it } from 'vitest';
import { pathOf, routeOf } from './route';

it('finds a lab by its path, and everything else is the list', () => {
  expect(routeOf('/labs/two-hosts')).toEqual({ screen: 'lab', labId: 'two-hosts' });
  for (const path of ['/', '/labs', '/labs/', '/labs/../x', '/labs/A', '/labs/a/b', '/other']) {
    expect(routeOf(path)).toEqual({ screen: 'labs' });
  }
  expect(pathOf(routeOf('/labs/two-hosts'))).toBe('/labs/two-hosts');
  expect(pathOf(routeOf('/machine'))).toBe('/machine');
});
