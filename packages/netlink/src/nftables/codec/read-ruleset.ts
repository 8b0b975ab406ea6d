import { Attributes } from '../../rtnetlink/codec/attributes.js';
import type { Frame } from '../../rtnetlink/codec/frame.js';
import type { NftBaseChain, NftChain, NftFoundRule } from '../rule.js';
import * as nft from './constants.js';
import { readRule } from './read-rule.js';

/** A chain without its rules. */
export type ChainMessage = Omit<NftChain, 'rules'>;

/** A rule, and where it is. */
export interface RuleMessage {
  readonly family: string;
  readonly table: string;
  readonly chain: string;
  readonly found: NftFoundRule;
}

/** Body of NFT_MSG_NEWCHAIN. Null: too short. */
export function decodeChain(frame: Frame, start: number, end: number): ChainMessage | null {
  const family = familyAt(frame, start, end);
  if (family === null) return null;
  let table = '';
  let name = '';
  let type = '';
  let policy = nft.NF_ACCEPT;
  let hook: { number: number; priority: number } | null = null;
  const attributes = new Attributes(frame, start + nft.NFGENMSG_BYTES, end);
  while (attributes.next()) {
    if (attributes.type === nft.NFTA_CHAIN_TABLE) table = attributes.text();
    else if (attributes.type === nft.NFTA_CHAIN_NAME) name = attributes.text();
    else if (attributes.type === nft.NFTA_CHAIN_TYPE) type = attributes.text();
    else if (attributes.type === nft.NFTA_CHAIN_POLICY) policy = be32(frame, attributes) ?? policy;
    else if (attributes.type === nft.NFTA_CHAIN_HOOK) hook = hookIn(frame, attributes.nested());
  }
  const isIp = family === 'ip' || family === 'ip6' || family === 'inet';
  const base = hook === null || !isIp ? null : baseOf(type, hook, policy);
  return { family, table, name, base, isBase: hook !== null };
}

/** Body of NFT_MSG_NEWRULE. Null: too short. */
export function decodeRule(frame: Frame, start: number, end: number): RuleMessage | null {
  const family = familyAt(frame, start, end);
  if (family === null) return null;
  let table = '';
  let chain = '';
  let handle = 0;
  let expressions: Attributes | null = null;
  const attributes = new Attributes(frame, start + nft.NFGENMSG_BYTES, end);
  while (attributes.next()) {
    if (attributes.type === nft.NFTA_RULE_TABLE) table = attributes.text();
    else if (attributes.type === nft.NFTA_RULE_CHAIN) chain = attributes.text();
    else if (attributes.type === nft.NFTA_RULE_EXPRESSIONS) expressions = attributes.nested();
    else if (attributes.type === nft.NFTA_RULE_HANDLE && attributes.end - attributes.start >= 8) {
      handle = Number(frame.view.getBigUint64(attributes.start, false));
    }
  }
  const found =
    expressions === null ? { handle, rule: null, counter: null } : readRule(expressions, frame, family, handle);
  return { family, table, chain, found };
}

/** Body of NFT_MSG_NEWGEN: the number of the generation. */
export function decodeGeneration(frame: Frame, start: number, end: number): number | null {
  const attributes = new Attributes(frame, start + nft.NFGENMSG_BYTES, end);
  while (attributes.next()) if (attributes.type === nft.NFTA_GEN_ID) return be32(frame, attributes);
  return null;
}

function familyAt(frame: Frame, start: number, end: number): string | null {
  if (end - start < nft.NFGENMSG_BYTES || end > frame.bytes.length) return null;
  const number = frame.view.getUint8(start);
  return nft.FAMILY_NAMES.get(number) ?? String(number);
}

function hookIn(frame: Frame, attributes: Attributes): { number: number; priority: number } {
  let number = -1;
  let priority = 0;
  while (attributes.next()) {
    if (attributes.type === nft.NFTA_HOOK_HOOKNUM) number = be32(frame, attributes) ?? number;
    else if (attributes.type === nft.NFTA_HOOK_PRIORITY) priority = (be32(frame, attributes) ?? 0) | 0;
  }
  return { number, priority };
}

function baseOf(type: string, hook: { number: number; priority: number }, policy: number): NftBaseChain | null {
  const name = nft.HOOK_NAMES[hook.number];
  if (name === undefined || (type !== 'filter' && type !== 'nat')) return null;
  return { type, hook: name, priority: hook.priority, policy: policy === nft.NF_DROP ? 'drop' : 'accept' };
}

function be32(frame: Frame, { start, end }: Attributes): number | null {
  return end - start < 4 ? null : frame.view.getUint32(start, false);
}
