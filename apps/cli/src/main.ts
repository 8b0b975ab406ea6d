import { CommanderError } from 'commander';
import { CommandError } from './command-error.js';
import { exitCodes } from './exit-codes.js';
import { printError } from './output/print-error.js';
import { vethlabProgram } from './program.js';

const args = process.argv.slice(2);
// Everything after `--` is somebody else's command line.
const ours = args.includes('--') ? args.slice(0, args.indexOf('--')) : args;
const json = ours.includes('--json');

// `vethlab export … | head` closes our output early: that is the reader's right, and no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(exitCodes.ok);
});

const program = vethlabProgram(args.slice(1), (exitCode) => {
  process.exitCode = exitCode;
});
for (const command of [program, ...program.commands]) {
  command.exitOverride().configureOutput({
    outputError: (text) => {
      const [what = '', ...hints] = text
        .trim()
        .replace(/^error: /, '')
        .split('\n');
      const how = hints.join(' ').replace(/^\((.*)\)$/, '$1') || `see vethlab ${ours[0] ?? ''} --help`;
      printError(new CommandError({ code: 'command.usage', what, where: 'command line', how, exitCode: 1 }), json);
    },
  });
}

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = report(error);
}

/** @returns the exit code */
function report(error: unknown): number {
  // commander has printed its message (through outputError), or the help that was asked for.
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.invalid;
  if (error instanceof CommandError) {
    printError(error, json);
    return error.exitCode;
  }
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  printError(
    new CommandError({
      code: 'internal',
      what: error instanceof Error ? error.message : String(error),
      where: 'vethlab itself',
      how: 'this is a fault in Vethlab; please report it with the lines above',
      exitCode: exitCodes.internal,
    }),
    json,
  );
  return exitCodes.internal;
}
