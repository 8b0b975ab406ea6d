import {
  type Answer,
  type NamespaceHandle,
  NetlinkError,
  NftablesSocket,
  type NftChain,
  type NftTableSpec,
} from '@vethlab/netlink';
import type { ObservedTable } from '@vethlab/observed';
import type { RulesChain } from '@vethlab/planner';
import { OUR_TABLE, WAY_OUT_TABLE } from '@vethlab/planner';

/** nfnetlink without nf_tables refuses the question; a kernel without nfnetlink refuses the socket. */
const absent: ReadonlySet<string> = new Set(['EINVAL', 'EPROTONOSUPPORT', 'EOPNOTSUPP']);

const none: readonly ObservedTable[] = [];

/** The rules of one namespace. The socket is opened when somebody first asks. */
export class Tables {
  readonly #handle: NamespaceHandle;
  #socket: NftablesSocket | null = null;
  #isAbsent = false;
  #generation: number | null = null;
  #seen: readonly ObservedTable[] = none;

  constructor(handle: NamespaceHandle) {
    this.#handle = handle;
  }

  /** A number that another set of rules changes; null where there is no nf_tables. */
  generation(): number | null {
    return this.#ask((socket) => socket.generation(), null);
  }

  /** Some 8 µs when nothing has changed since the last look; then the list is the same object. */
  look(): readonly ObservedTable[] {
    return this.#ask((socket) => {
      const generation = socket.generation();
      if (generation === this.#generation) return this.#seen;
      // What is part of a way out is nobody's rules.
      this.#seen = tablesOf(socket.chains()).filter(({ name }) => name !== WAY_OUT_TABLE);
      // Of a change while it was read, an event tells; the number from before makes sure that it is read again.
      this.#generation = generation;
      return this.#seen;
    }, none);
  }

  /** All chains with their counters. */
  chains(): readonly NftChain[] {
    return this.#isAbsent ? [] : this.#open().chains();
  }

  /**
   * Puts our table in the place of the one that is there. A refusal names the rule as the document does.
   *
   * @param name of the table, when it is not that of the node's own rules
   */
  set(chains: readonly RulesChain[], name: typeof OUR_TABLE | typeof WAY_OUT_TABLE = OUR_TABLE): Answer {
    return this.#open().replaceTable(tableSpecOf(chains, name));
  }

  remove(family: string, name: string): Answer {
    return this.#open().deleteTable(family, name);
  }

  close(): void {
    this.#socket?.close();
    this.#socket = null;
  }

  /** @param otherwise the answer of a kernel without nf_tables, which is asked once */
  #ask<Answered>(question: (socket: NftablesSocket) => Answered, otherwise: Answered): Answered {
    if (this.#isAbsent) return otherwise;
    try {
      return question(this.#open());
    } catch (error) {
      if (!(error instanceof NetlinkError) || !absent.has(error.code)) throw error;
      this.#isAbsent = true;
      return otherwise;
    }
  }

  #open(): NftablesSocket {
    this.#socket ??= NftablesSocket.open(this.#handle);
    return this.#socket;
  }
}

/** As nfnetlink takes it. */
export function tableSpecOf(chains: readonly RulesChain[], name: string): NftTableSpec {
  return { name, chains: chains.map(({ name, base, rules, names }) => ({ name, ...base, rules, names })) };
}

function tablesOf(chains: readonly NftChain[]): readonly ObservedTable[] {
  const tables = new Map<string, { family: string; name: string; chains: ObservedTable['chains'][number][] }>();
  for (const { family, table, name, base, rules } of chains) {
    const key = `${family} ${table}`;
    const known = tables.get(key) ?? { family, name: table, chains: [] };
    known.chains.push({ name, base, rules: rules.map(({ rule }) => rule) });
    tables.set(key, known);
  }
  return tables.size === 0 ? none : [...tables.values()];
}
