import { describe, expect, it } from 'vitest';
import { emptyRoute, parseRoute, refusedField } from './route-draft';

const draft = (part: Partial<typeof emptyRoute>) => parseRoute({ ...emptyRoute, ...part });

describe('a route in its fields', () => {
  it('is complete with a destination and a gateway, or an interface', () => {
    expect(draft({ to: 'default', via: '192.168.1.254' })).toEqual({
      ok: true,
      route: { to: 'default', via: '192.168.1.254' },
    });
    expect(draft({ to: ' 10.0.0.0/8 ', dev: 'eth0', metric: '10' })).toEqual({
      ok: true,
      route: { to: '10.0.0.0/8', dev: 'eth0', metric: 10 },
    });
  });

  it.each([
    ['to', { to: '10.0.0.1/8', via: '10.0.0.2' }, '10.0.0.0/8'],
    ['via', { to: 'default', via: '10.0.0.1/24' }, '10.0.0.1'],
    ['via', { to: 'default', via: '010.0.0.1' }, '10.0.0.1'],
    ['dev', { to: 'default', dev: 'eth 0' }, 'eth-0'],
    ['metric', { to: 'default', dev: 'eth0', metric: '-1' }, '100'],
    ['metric', { to: 'default', dev: 'eth0', metric: '4294967296' }, '100'],
  ] as const)('tells at the field "%s" what is wrong and what would work', (field, part, fix) => {
    const parsed = draft(part);
    expect(parsed.ok ? null : parsed.complaints[field]?.fix).toBe(fix);
  });

  it('needs a gateway or an interface', () => {
    const parsed = draft({ to: 'default' });
    expect(parsed.ok ? null : parsed.complaints.via?.text).toContain('needs a gateway');
  });
});

describe('a refusal of a route', () => {
  const refusal = { code: 'route.gateway-unreachable', severity: 'error', summary: '', detail: '' } as const;
  const fix = { label: 'Use 10.0.0.254', value: '10.0.0.254' };

  it('offers its value for the field that it is about', () => {
    expect(refusedField({ ...refusal, path: ['nodes', 'h1', 'routes', 0, 'via'], fix })).toEqual({
      field: 'via',
      value: '10.0.0.254',
    });
  });
  it('offers nothing without a value, or when it is about the route as a whole', () => {
    expect(refusedField({ ...refusal, path: ['nodes', 'h1', 'routes', 0, 'via'] })).toBeNull();
    expect(refusedField({ ...refusal, path: ['nodes', 'h1', 'routes', 0], fix })).toBeNull();
  });
});
