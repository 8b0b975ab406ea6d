import { NLM_F_CREATE } from '../rtnetlink/codec/message-types.js';
import type { MessageWriter } from '../rtnetlink/codec/message-writer.js';
import type { Request } from '../rtnetlink/request.js';
import { checkIfname } from '../rtnetlink/requests/checks.js';
import * as nft from './codec/constants.js';
import { writeRule } from './codec/write-rule.js';
import type { NftChainSpec, NftRule, NftTableSpec } from './rule.js';

/**
 * What replaces a table as a whole: it is made (so that it can be removed), removed, and made anew. Without chains it is only
 * removed. They mean something in one batch only.
 */
export function replaceTableRequests({ name, chains }: NftTableSpec): readonly Request[] {
  const table = request(`table ${name}`, nft.NFT_MSG_NEWTABLE, NLM_F_CREATE, nft.NFPROTO_INET, (writer) => {
    writer.attributeText(nft.NFTA_TABLE_NAME, name);
  });
  const requests = [table, deleteTableRequest('inet', name)];
  if (chains.length === 0) return requests;
  requests.push(table);
  for (const chain of chains) requests.push(newChain(name, chain));
  for (const chain of chains) {
    for (const [index, rule] of chain.rules.entries()) {
      requests.push(newRule(name, chain.name, rule, chain.names?.[index] ?? `rule ${index + 1} of ${chain.name}`));
    }
  }
  return requests;
}

/** Removes a table of any family with all that is in it. */
export function deleteTableRequest(family: string, name: string): Request {
  const number = [...nft.FAMILY_NAMES].find(([, known]) => known === family)?.[0] ?? nft.NFPROTO_INET;
  return request(`table ${family} ${name}`, nft.NFT_MSG_DELTABLE, 0, number, (writer) => {
    writer.attributeText(nft.NFTA_TABLE_NAME, name);
  });
}

function newChain(table: string, { name, type, hook, priority, policy }: NftChainSpec): Request {
  return request(`chain ${name}`, nft.NFT_MSG_NEWCHAIN, NLM_F_CREATE, nft.NFPROTO_INET, (writer) => {
    writer.attributeText(nft.NFTA_CHAIN_TABLE, table);
    writer.attributeText(nft.NFTA_CHAIN_NAME, name);
    const place = writer.nest(nft.NFTA_CHAIN_HOOK | nft.NLA_F_NESTED);
    writer.attributeBe32(nft.NFTA_HOOK_HOOKNUM, nft.HOOK_NAMES.indexOf(hook));
    writer.attributeBe32(nft.NFTA_HOOK_PRIORITY, priority);
    writer.unnest(place);
    writer.attributeBe32(nft.NFTA_CHAIN_POLICY, policy === 'drop' ? nft.NF_DROP : nft.NF_ACCEPT);
    writer.attributeText(nft.NFTA_CHAIN_TYPE, type);
  });
}

function newRule(table: string, chain: string, rule: NftRule, label: string): Request {
  for (const ifname of [rule.match.in, rule.match.out]) if (ifname !== undefined) checkIfname(ifname);
  const flags = NLM_F_CREATE | nft.NLM_F_APPEND;
  return request(label, nft.NFT_MSG_NEWRULE, flags, nft.NFPROTO_INET, (writer) => {
    writer.attributeText(nft.NFTA_RULE_TABLE, table);
    writer.attributeText(nft.NFTA_RULE_CHAIN, chain);
    writeRule(writer, rule);
  });
}

/** A message of nfnetlink: struct nfgenmsg, then attributes. `resource` in network byte order. */
export function request(
  label: string,
  type: number,
  flags: number,
  family: number,
  attributes: (writer: MessageWriter) => void,
  resource = 0,
): Request {
  return {
    label: `nf_tables: ${label}`,
    type,
    flags,
    encode: (writer) => {
      writer.u8(family);
      writer.u8(0);
      writer.u16(((resource & 0xff) << 8) | (resource >> 8));
      attributes(writer);
    },
  };
}
