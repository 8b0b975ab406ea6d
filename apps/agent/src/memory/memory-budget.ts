import { readFileSync } from 'node:fs';

const mebibyte = 1024 * 1024;

/** Honest programs of a lab fit in this much, on a small machine as well. */
const leastBytes = 512 * mebibyte;

/** Of the machine's memory: other labs, the server and the person's own programs need the rest. */
const shareOfMachine = 4;

/** In megabytes; whoever starts the server may say what a lab gets. */
export const memoryVariable = 'VETHLAB_LAB_MEMORY_MB';

/** What the programs of one lab may take together, in bytes: what was said, or a quarter of the machine's memory. */
export function memoryBudget(env: NodeJS.ProcessEnv = process.env): number {
  const said = Number(env[memoryVariable]);
  if (Number.isInteger(said) && said > 0) return said * mebibyte;
  const total = /^MemTotal:\s+(\d+) kB$/m.exec(readFileSync('/proc/meminfo', 'utf8'))?.[1];
  return Math.max(leastBytes, Math.floor((Number(total ?? 0) * 1024) / shareOfMachine));
}
