import type { LiveFirewall } from '@vethlab/protocol';
import { visibleText } from '../../../format/visible-text';

/** Tables, chains and rules as text for reading; it is not meant to be given back to nft. */
export function firewallText({ tables }: LiveFirewall, command: string): string {
  const lines = tables.flatMap((table) => [
    `${table.family} ${table.name} (${table.source})`,
    ...table.chains.flatMap((chain) => [
      `  ${chain.name}${chain.hook === null ? '' : `: ${chain.hook}`}${chain.policy === null ? '' : `, policy ${chain.policy}`}`,
      ...chain.rules.map((rule) => {
        const counted = rule.packets === null ? '' : `  [${rule.packets} packets, ${rule.bytes ?? 0} bytes]`;
        return `    ${rule.text}${counted}${rule.comment === null ? '' : `  # ${rule.comment}`}`;
      }),
    ]),
  ]);
  return [`$ ${command}`, ...lines.map(visibleText), ''].join('\n');
}
