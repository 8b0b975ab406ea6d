import { commandOf, interfaceOf, nodeOf, type Topology, type TopologyDiff } from '@vethlab/topology';
import type { NameRef } from './names-in-edit.js';

/** One accepted change of a document. */
export interface AuthoredDiff {
  readonly diff: TopologyDiff;
  /** The client that made it; null for REST and files. */
  readonly author: string | null;
}

/** Who has a name now, and who gave it. */
interface Bearer {
  /** The name it had at first; null when it is new since. */
  readonly first: string | null;
  readonly author: string | null;
}

/** Names that were given or left. What is not in it still belongs to whom it belonged at first; null: nobody has it. */
type Ledger = Map<string, Bearer | null>;

/**
 * Which names mean another object than they did: h1 was renamed to web, and something else is called h1 since. An edit
 * that was made on the document before, and says h1, means web; carried out by name it would hit the wrong node.
 * What is removed and made again is another object too. A diff that changes a node's record keeps the node.
 *
 * @param before the document that the edit was made on
 * @param changes what was accepted since, oldest first
 * @param author of the edit: names that the same client gave last mean what it says
 */
export function reusedNames(
  before: Topology,
  changes: readonly AuthoredDiff[],
  author: string | null,
): (ref: NameRef) => boolean {
  const nodes: Ledger = new Map();
  const interfaces = new Map<string, Ledger>();
  const commands = new Map<string, Ledger>();
  for (const change of changes) {
    for (const rename of change.diff.renames) {
      if (rename.object === 'interface') {
        move(ledgerOf(interfaces, rename.node), rename.from, rename.to, change.author);
        continue;
      }
      move(nodes, rename.from, rename.to, change.author);
      for (const parts of [interfaces, commands]) {
        const inside = parts.get(rename.from);
        parts.delete(rename.from);
        parts.delete(rename.to);
        if (inside !== undefined) parts.set(rename.to, inside);
      }
    }
    const cameAndWent = change.diff.changes.filter(({ before, after }) => before === null || after === null);
    for (const entry of cameAndWent) {
      if (entry.record !== 'node') continue;
      nodes.set(entry.node, entry.before === null ? { first: null, author: change.author } : null);
      // A new node has new interfaces and commands: the node tells that already.
      interfaces.delete(entry.node);
      commands.delete(entry.node);
    }
    for (const entry of cameAndWent) {
      const bearer = entry.before === null ? { first: null, author: change.author } : null;
      if (entry.record === 'interface') ledgerOf(interfaces, entry.node).set(entry.ifname, bearer);
      else if (entry.record === 'command') ledgerOf(commands, entry.node).set(entry.name, bearer);
    }
  }
  const isOther = (ledger: Ledger | undefined, name: string, existed: boolean) => {
    const bearer = ledger?.get(name) ?? null;
    if (bearer === null || !existed || bearer.first === name) return false;
    return bearer.author === null || bearer.author !== author;
  };
  return ({ node, ifname, command }) => {
    if (isOther(nodes, node, nodeOf(before, node) !== null)) return true;
    if (command !== undefined) {
      return isOther(commands.get(node), command, commandOf(before, node, command) !== null);
    }
    return ifname !== undefined && isOther(interfaces.get(node), ifname, interfaceOf(before, node, ifname) !== null);
  };
}

function move(ledger: Ledger, from: string, to: string, author: string | null): void {
  const bearer = ledger.get(from);
  ledger.set(to, { first: bearer === undefined ? from : (bearer?.first ?? null), author });
  ledger.set(from, null);
}

function ledgerOf(ledgers: Map<string, Ledger>, node: string): Ledger {
  const ledger = ledgers.get(node) ?? new Map<string, Bearer | null>();
  ledgers.set(node, ledger);
  return ledger;
}
