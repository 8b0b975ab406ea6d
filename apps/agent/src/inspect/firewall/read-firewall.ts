import { readFileSync } from 'node:fs';
import { inNamespace } from '@vethlab/netlink';
import { ROOT_NAMESPACE } from '@vethlab/observed';
import type { FirewallTable, LiveFirewall, LiveProblem } from '@vethlab/protocol';
import { type Captured, captureCommand } from '../../commands/run-command.js';
import type { LabNamespace } from '../../kernel/namespaces.js';
import { namespaceDirectory } from '../../sandbox/prepare.js';
import { boundTables } from './bound-tables.js';
import type { Json } from './json-value.js';
import { parseIptablesSave } from './parse-iptables-save.js';
import { readRuleset } from './read-ruleset.js';

/** A ruleset of some thousand rules takes 50 ms. */
const timeoutMs = 3_000;
/** Some 5,000 rules as JSON; more than that is not read on a page. */
const longestBytes = 4 * 1024 * 1024;
/** Files that name the tables of the old iptables in a namespace; they are there only when its modules are loaded. */
const legacyTools = [
  { names: '/proc/thread-self/net/ip_tables_names', tool: 'iptables-legacy-save', source: 'iptables-legacy' },
  { names: '/proc/thread-self/net/ip6_tables_names', tool: 'ip6tables-legacy-save', source: 'ip6tables-legacy' },
] as const;

interface Part {
  readonly tables: readonly FirewallTable[];
  readonly problem: LiveProblem | null;
}

/**
 * Filters and address translation of a namespace, whoever made them: nftables by its JSON, what iptables keeps in nftables in the words
 * of iptables, and the tables of the old iptables. One process or, where there are iptables, a few; none ever gets a text of the
 * ruleset back.
 */
export async function readFirewall(namespace: LabNamespace): Promise<LiveFirewall> {
  const nft = await readNft(namespace);
  const legacy: Part[] = [];
  for (const { tool, source } of legacyOf(namespace)) legacy.push(await readSaved(namespace, tool, source));
  const parts = [nft, ...legacy];
  const problem = parts.map((part) => part.problem).find((found) => found !== null) ?? null;
  return boundTables(
    parts.flatMap((part) => part.tables),
    problem,
  );
}

/**
 * What stays the same as long as a namespace without any rules has none: asked in microseconds, where reading takes a process. Null where it
 * cannot be known without one.
 */
export function stampOfNoRules(namespace: LabNamespace): number | null {
  return legacyOf(namespace).length === 0 ? namespace.tables.generation() : null;
}

async function readNft(namespace: LabNamespace): Promise<Part> {
  const captured = await run(namespace, 'nft', '-j', 'list', 'ruleset');
  if (captured.outcome !== 'done') return { tables: [], problem: problemOf(captured, 'nft', 'nftables') };
  const answer = parseJson(captured.stdout);
  if (answer === undefined) {
    const reason = 'The answer of nft cannot be read: it is no JSON.';
    return { tables: [], problem: { reason, remedy: `nsenter --net=${pathOf(namespace)} nft list ruleset shows it.` } };
  }
  const { tables, hasXt } = readRuleset(answer);
  if (!hasXt) return { tables, problem: null };
  // nft tells of such a match only that there is one: iptables puts its own tables into words.
  const saved = [
    await readSaved(namespace, 'iptables-nft-save', 'iptables'),
    await readSaved(namespace, 'ip6tables-nft-save', 'ip6tables'),
  ];
  const told = new Set(saved.flatMap((part) => part.tables.map(({ family, name }) => `${family} ${name}`)));
  return {
    tables: [
      ...tables.filter(({ family, name }) => !told.has(`${family} ${name}`)),
      ...saved.flatMap((part) => part.tables),
    ],
    problem: saved.map((part) => part.problem).find((found) => found !== null) ?? null,
  };
}

async function readSaved(namespace: LabNamespace, tool: string, source: FirewallTable['source']): Promise<Part> {
  const captured = await run(namespace, tool, '-c');
  if (captured.outcome !== 'done') return { tables: [], problem: problemOf(captured, tool, 'iptables') };
  return { tables: parseIptablesSave(captured.stdout, source), problem: null };
}

function legacyOf(namespace: LabNamespace): readonly (typeof legacyTools)[number][] {
  return inNamespace(namespace.handle, () => legacyTools.filter(({ names }) => hasLines(names)));
}

function hasLines(path: string): boolean {
  try {
    return readFileSync(path, 'utf8').trim() !== '';
  } catch {
    // Not there: the old iptables was never used on this machine, or may not be.
    return false;
  }
}

/**
 * The name is one word of a list of arguments behind `--net=`: whatever is in it, nothing reads it as anything else. In the root
 * namespace we are ourselves.
 */
function run(namespace: LabNamespace, ...command: readonly [string, ...string[]]): Promise<Captured> {
  return captureCommand({
    command: namespace.name === ROOT_NAMESPACE ? command : ['nsenter', `--net=${pathOf(namespace)}`, '--', ...command],
    timeoutMs,
    maxBytes: longestBytes,
  });
}

function pathOf({ name }: LabNamespace): string {
  return `${namespaceDirectory}/${name}`;
}

function problemOf(
  captured: Exclude<Captured, { readonly outcome: 'done' }>,
  tool: string,
  debian: string,
): LiveProblem {
  switch (captured.outcome) {
    case 'missing':
      return { reason: `${tool} is not installed.`, remedy: `sudo apt-get install ${debian}` };
    case 'too-long':
      return { reason: 'There are more rules than are read at a time.', remedy: 'Look at them in a terminal.' };
    case 'timed-out':
      return { reason: `${tool} did not answer in ${timeoutMs / 1000} s.`, remedy: 'It is asked again.' };
    case 'failed':
      return {
        reason: `${tool}: ${captured.stderr.trim().slice(0, 300) || 'it failed'}`,
        remedy: 'It is asked again.',
      };
  }
}

function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
