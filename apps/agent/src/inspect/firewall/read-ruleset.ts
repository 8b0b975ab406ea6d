import type { FirewallChain, FirewallRule, FirewallSet, FirewallTable } from '@vethlab/protocol';
import { short } from '../bounded.js';
import { field, type Json, listOf, numberOf, only, textOf } from './json-value.js';
import { renderStatement } from './render-statement.js';

type Draft = {
  readonly table: FirewallTable;
  readonly chains: FirewallChain[];
  readonly sets: FirewallSet[];
};

export interface Ruleset {
  readonly tables: readonly FirewallTable[];
  /** Rules of iptables-nft hold matches that only iptables can put into words. */
  readonly hasXt: boolean;
}

/** The answer of `nft -j list ruleset` (libnftables-json(5)). Objects that are not known are left out. */
export function readRuleset(answer: Json): Ruleset {
  const tables = new Map<string, Draft>();
  const chains = new Map<string, FirewallRule[]>();
  let hasXt = false;
  for (const item of listOf(field(answer, 'nftables'))) {
    const [kind, content] = only(item) ?? ['', null];
    const family = textOf(field(content, 'family')) ?? '';
    const ofTable = JSON.stringify([family, textOf(field(content, kind === 'table' ? 'name' : 'table'))]);
    if (kind === 'table') {
      const name = short(textOf(field(content, 'name')) ?? '');
      const draft = { chains: [] as FirewallChain[], sets: [] as FirewallSet[] };
      tables.set(ofTable, { ...draft, table: { source: 'nft', family, name, ...draft } });
    } else if (kind === 'chain') {
      const rules: FirewallRule[] = [];
      chains.set(ofTable + textOf(field(content, 'name')), rules);
      tables.get(ofTable)?.chains.push(chainOf(content, rules));
    } else if (kind === 'rule') {
      const statements = listOf(field(content, 'expr'));
      hasXt ||= statements.some((statement) => field(statement, 'xt') !== undefined);
      chains.get(ofTable + textOf(field(content, 'chain')))?.push(ruleOf(content, statements));
    } else if (kind === 'set' || kind === 'map') tables.get(ofTable)?.sets.push(setOf(kind, content));
    else if (kind === 'counter') tables.get(ofTable)?.sets.push(namedCounter(content));
  }
  return { tables: [...tables.values()].map(({ table }) => table), hasXt };
}

function chainOf(content: Json, rules: readonly FirewallRule[]): FirewallChain {
  const hook = textOf(field(content, 'hook'));
  const device = textOf(field(content, 'dev'));
  const place = [textOf(field(content, 'type')), hook, ...(device === null ? [] : [device])].join(' ');
  return {
    name: short(textOf(field(content, 'name')) ?? ''),
    hook: hook === null ? null : short(`${place}, priority ${textOf(field(content, 'prio')) ?? '?'}`),
    policy: textOf(field(content, 'policy')),
    rules,
  };
}

function ruleOf(content: Json, statements: readonly Json[]): FirewallRule {
  const counter = statements.map((statement) => field(statement, 'counter')).find((found) => found !== undefined);
  const comment = textOf(field(content, 'comment'));
  const text = statements.map(renderStatement).filter((part) => part !== '');
  return {
    key: textOf(field(content, 'handle')) ?? '',
    text: short(text.join(' ')),
    comment: comment === null ? null : short(comment),
    packets: numberOf(field(counter, 'packets')),
    bytes: numberOf(field(counter, 'bytes')),
  };
}

function setOf(kind: 'set' | 'map', content: Json): FirewallSet {
  const type = listOf(field(content, 'type'))
    .map((part) => textOf(part) ?? '?')
    .join(' . ');
  const target = textOf(field(content, 'map'));
  return {
    name: short(textOf(field(content, 'name')) ?? ''),
    kind,
    what: short(target === null ? type : `${type} : ${target}`),
    size: listOf(field(content, 'elem')).length,
  };
}

function namedCounter(content: Json): FirewallSet {
  const packets = textOf(field(content, 'packets')) ?? '?';
  const bytes = textOf(field(content, 'bytes')) ?? '?';
  const name = short(textOf(field(content, 'name')) ?? '');
  return { name, kind: 'counter', what: `${packets} packets, ${bytes} bytes`, size: null };
}
