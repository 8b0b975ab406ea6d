import { maximumArguments } from '../model/limits.js';
import { parseArgument, runProblem } from '../model/parse-arguments.js';
import type { Command } from '../model/topology.js';
import { parsedText, strictObject, z } from './strict-zod.js';

/** An argument list: the program, and what it is given. Never a shell line. */
export const runSchema = z
  .array(parsedText(parseArgument, { description: 'One argument, as the program gets it.' }))
  .max(maximumArguments)
  .superRefine((run, context) => {
    const problem = runProblem(run);
    if (problem !== null) context.addIssue({ code: 'custom', message: problem.detail, params: { problem } });
  })
  .meta({
    description: 'The program and its arguments, as a list; no shell reads them.',
    examples: [['python3', '-m', 'http.server', '80']],
    minItems: 1,
  });

export const commandStartSchema = z.enum(['with-lab', 'by-hand']).meta({
  description: 'with-lab: started after the lab is applied; by-hand: when somebody starts it. with-lab when absent.',
});

export const commandRestartSchema = z.enum(['never', 'on-failure', 'always']).meta({
  description: 'Whether it is started again when it has ended by itself; never when absent.',
});

/** A command of the normalised document. */
export const commandSchema = strictObject({
  run: runSchema,
  start: commandStartSchema,
  restart: commandRestartSchema,
}) satisfies z.ZodType<Command>;
