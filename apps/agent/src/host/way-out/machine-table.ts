import type { NftablesSocket } from '@vethlab/netlink';
import type { RulesChain } from '@vethlab/planner';
import { tableSpecOf } from '../../kernel/tables.js';
import { withMachineRules } from './sockets.js';

/** A table of ours on the machine, replaced as a whole, and only when it is not as it was set: others watch for changes of rules, too. */
export class MachineTable {
  readonly #name: string;
  #wanted = '';
  /** As the kernel told it right after it was set. */
  #seen = '';

  constructor(name: string) {
    this.#name = name;
  }

  /** Without chains there is none. @throws NetlinkError that names the rule */
  set(chains: readonly RulesChain[]): void {
    const wanted = JSON.stringify(chains);
    withMachineRules((rules) => {
      if (wanted === this.#wanted && this.#look(rules) === this.#seen) return;
      const answer = rules.replaceTable(tableSpecOf(chains, this.#name));
      if (!answer.ok) throw answer.error;
      this.#wanted = wanted;
      this.#seen = this.#look(rules);
    });
  }

  #look(rules: NftablesSocket): string {
    const ours = rules.chains().filter(({ family, table }) => family === 'inet' && table === this.#name);
    return JSON.stringify(ours.map(({ name, base, rules }) => [name, base, rules.map(({ rule }) => rule)]));
  }
}
