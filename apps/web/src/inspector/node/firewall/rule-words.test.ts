import type { FirewallRule, Node } from '@vethlab/topology';
import { badFirewallRules } from '@vethlab/topology/testing/bad-firewall';
import { describe, expect, it } from 'vitest';
import { presets, withPreset } from './presets';
import { emptyRule, parseRule, ruleDraftOf } from './rule-draft';
import { ruleWords } from './rule-words';

const rule = (value: object) => value as FirewallRule;
const node = { interfaces: { eth0: { addresses: [], up: true }, eth1: { addresses: [], up: true } } } as Pick<
  Node,
  'interfaces'
>;

describe('a rule in words', () => {
  it.each([
    [{ action: 'drop' }, 'Drop · everything'],
    [
      { in: 'eth1', out: 'eth0', from: '10.1.0.0/24', protocol: 'tcp', port: 80, action: 'accept' },
      'Accept · TCP port 80 · from 10.1.0.0/24 · in eth1 → out eth0',
    ],
    [{ state: ['established', 'related'], action: 'accept' }, 'Accept · replies (established, related)'],
    [{ state: ['new'], family: 'ipv6', out: 'eth0', action: 'reject' }, 'Reject · new connections · IPv6 · out eth0'],
  ])('%j', (value, words) => {
    expect(ruleWords(rule(value))).toBe(words);
  });
});

describe('the form of a rule', () => {
  it('gives the rule that it was made of', () => {
    const one = rule({ in: 'eth1', to: '2001:db8::1', protocol: 'udp', port: 53, state: ['new'], action: 'drop' });
    expect(parseRule(ruleDraftOf(one), 'forward', node)).toEqual({ ok: true, rule: one });
    expect(parseRule(emptyRule, 'input', node)).toEqual({ ok: true, rule: { action: 'accept' } });
  });

  const typed = badFirewallRules.filter(
    ([, chain, value, code]) =>
      chain !== 'prerouting' && !code.startsWith('shape.') && code !== 'firewall.state' && value !== null,
  );

  it.each(typed)('tells %s at its field', (_title, chain, value) => {
    const draft = {
      ...emptyRule,
      ...Object.fromEntries(
        Object.entries(value as object).map(([key, one]) => [key, typeof one === 'number' ? String(one) : one]),
      ),
    };
    const parsed = parseRule(draft, chain as 'input', node);
    expect(parsed.ok).toBe(false);
    if (!parsed.ok) expect(Object.values(parsed.complaints)[0]?.text).toMatch(/\w/);
  });

  it('offers a value that works', () => {
    const parsed = parseRule({ ...emptyRule, from: '10.1.0.9/24', port: 'x', protocol: 'tcp' }, 'input', node);
    expect(parsed).toMatchObject({ ok: false, complaints: { from: { fix: '10.1.0.0/24' }, port: { fix: '80' } } });
  });
});

it('usual rules stand where they do what they say, once', () => {
  const [replies] = presets;
  if (replies === undefined) throw new Error('no presets');
  const rules = withPreset([rule({ action: 'drop' })], replies);
  expect(rules.map(ruleWords)).toEqual(['Accept · replies (established, related)', 'Drop · everything']);
  expect(withPreset(rules, replies)).toEqual(rules);
});
