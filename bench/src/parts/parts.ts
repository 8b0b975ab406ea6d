import { measureTerminalsInBrowser } from '../browser/terminals.js';
import { measureInside } from '../inside/throughput.js';
import { measureOutside } from '../outside/throughput.js';
import type { BenchPart } from '../part.js';
import { measureTypedNamespaces } from '../server/typed-namespaces.js';
import { measureTerminals } from '../terminals.js';
import { measureTypedOnCanvas } from '../typed-on-canvas.js';
import { measureEditsOfLabs } from './edits.js';
import { measureRules } from './rules.js';
import { measureStars } from './stars.js';
import { measureWatching } from './watching.js';

/** All there is to measure, in the order of the table. */
export const parts: ReadonlyMap<string, BenchPart> = new Map<string, BenchPart>([
  ['stars', measureStars],
  ['edits', measureEditsOfLabs],
  ['rules', measureRules],
  ['inside', async ({ rows }) => ({ inside: await measureInside(rows) })],
  [
    'terminals',
    async ({ rows }) => ({
      terminals: await measureTerminals(rows),
      terminalsInBrowser: await measureTerminalsInBrowser(rows),
    }),
  ],
  [
    'typed',
    async ({ rows }) => ({
      typedNamespaces: await measureTypedNamespaces(rows),
      typedOnCanvas: await measureTypedOnCanvas(rows),
    }),
  ],
  ['outside', async ({ rows }) => ({ outside: await measureOutside(rows) })],
  ['watching', measureWatching],
]);
