import { readdirSync } from 'node:fs';
import { runningAgent } from './end-agent.js';
import { agentsFolder } from './places.js';

const suffix = '.pid';

/** Labs whose agent is alive, also those that have nothing in the kernel. */
export function labsWithAgents(): string[] {
  let names: string[] = [];
  try {
    names = readdirSync(agentsFolder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  return names
    .filter((name) => name.endsWith(suffix))
    .map((name) => name.slice(0, -suffix.length))
    .filter((lab) => runningAgent(lab) !== null);
}
