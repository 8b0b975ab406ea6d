import type { DownReport } from '@vethlab/protocol';
import { adoptOnHost, NotAdopted } from './adopt.js';
import { findBlockers } from './blockers.js';
import { discover } from './discover.js';
import { endAgent } from './end-agent.js';
import { HostKeeper } from './host-keeper.js';
import { checkLabKey, idOfKey } from './lab-key.js';
import { labsWithAgents } from './labs-with-agents.js';
import { OwnedRecords } from './owned-records.js';
import { takeDown } from './take-down.js';
import { WayOutRecords } from './way-out/way-out-records.js';

/**
 * One piece of work on the host, for the command line and the server: `down LAB|--all [--force]`, `adopt LAB NAME…`, `discover`.
 * Prints one line of JSON; a refusal is `{ "refused": … }`.
 */
export async function hostCommand(word: string, words: readonly string[]): Promise<void> {
  process.stdout.write(`${JSON.stringify(await answerTo(word, words))}\n`);
}

async function answerTo(word: string, words: readonly string[]): Promise<unknown> {
  const force = words.includes('--force');
  const names = words.filter((name) => name !== '--force' && name !== '--all');
  if (word === 'down')
    return orRefusal(async () => ({
      reports: await down(words.includes('--all') ? labsOnHost() : names.map(meant), force),
    }));
  if (word === 'discover') return discover();
  const [lab = '', ...things] = names;
  if (word === 'adopt')
    return orRefusal(() => {
      adoptOnHost(meant(lab), things);
      return { adopted: things };
    });
  throw new Error(`The agent knows no command ${word}.`);
}

/** Labs one after another: what blocks one does not keep the others. */
async function down(labs: readonly string[], force: boolean): Promise<DownReport[]> {
  const reports: DownReport[] = [];
  for (const lab of labs) {
    // Asked first, so that a lab that stays keeps its agent.
    const blockers = force ? [] : blockersOf(lab);
    if (blockers.length > 0) {
      reports.push({ lab, namespaces: [], processes: 0, blockers });
      continue;
    }
    await endAgent(lab);
    reports.push(takeDown(lab, { force }));
  }
  return reports;
}

function blockersOf(lab: string) {
  const owned = new HostKeeper(lab).owned().map(({ record, inode }) => ({ name: record.name, inode }));
  return findBlockers(owned, lab);
}

function labsOnHost(): string[] {
  const noted = [...new OwnedRecords().list(), ...new WayOutRecords().list()].map(({ lab }) => lab);
  return [...new Set([...noted, ...labsWithAgents()])].sort();
}

/** The lab that somebody means who names it by its id alone. @throws Ambiguous when there are several */
function meant(lab: string): string {
  checkLabKey(lab);
  const found = labsOnHost().filter((one) => one === lab || idOfKey(one) === lab);
  const [only, ...others] = found;
  if (found.includes(lab) || only === undefined) return lab;
  if (others.length === 0) return only;
  const list = found.join(' and ');
  throw new Ambiguous(`Labs of several data folders on this machine are called ${lab}: name one of ${list}.`);
}

class Ambiguous extends Error {
  override readonly name = 'Ambiguous';
}

async function orRefusal(work: () => unknown): Promise<unknown> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof NotAdopted || error instanceof Ambiguous) return { refused: error.message };
    throw error;
  }
}
