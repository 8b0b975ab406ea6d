import { splitArguments } from '../commands/split-arguments.js';
import { maximumArguments } from '../model/limits.js';
import { parseArgument, runProblem } from '../model/parse-arguments.js';
import { quoted } from '../model/problem.js';
import type { Command } from '../model/topology.js';
import { detailPrefix, parsedText, strictObject, z } from './strict-zod.js';
import { vrfNameSchema } from './values.js';

/** An argument list: the program, and what it is given. Never a shell line. */
export const runSchema = z
  .array(parsedText(parseArgument, { description: 'One argument, as the program gets it.' }), {
    error: ({ code, input }) =>
      code === 'invalid_type' && typeof input === 'string' ? `${detailPrefix}${notALine(input)}` : undefined,
  })
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

export const commandVrfSchema = vrfNameSchema.meta({
  description: 'VRF of the node that it runs in: all its sockets are of it. Without, they are of none.',
});

/** A command of the normalised document. */
export const commandSchema = strictObject({
  run: runSchema,
  vrf: commandVrfSchema.exactOptional(),
  start: commandStartSchema,
  restart: commandRestartSchema,
}) satisfies z.ZodType<Command>;

/** For whoever wrote a shell line where a list belongs: the list that it would be, when it can be one. */
function notALine(line: string): string {
  const split = splitArguments(line.slice(0, 200));
  const list = split.ok && line.length <= 200 ? split.run : ['sh', '-c', line];
  return `"run" is a list of arguments, and no shell reads it: write [${list.map(quoted).join(', ')}].`;
}
