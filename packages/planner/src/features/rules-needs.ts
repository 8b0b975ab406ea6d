import type { Node } from '@vethlab/topology';
import type { FeatureNeed } from './feature-need.js';

/** Firewall and NAT are tables of the family `inet`, which not every kernel has. */
export function rulesNeeds({ firewall, nat }: Node): FeatureNeed[] {
  const needs: FeatureNeed[] = [];
  if (firewall !== undefined) {
    const without = ({ firewall: _, ...rest }: Node): Node => rest;
    needs.push({ feature: 'nft', path: ['firewall'], what: 'the firewall', without });
  }
  if (nat !== undefined) {
    needs.push({ feature: 'nft', path: ['nat'], what: 'the NAT', without: ({ nat: _, ...rest }: Node): Node => rest });
  }
  return needs;
}
