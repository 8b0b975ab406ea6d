import { Command, Option } from 'commander';
import { adopt } from './commands/adopt.js';
import { discover } from './commands/discover.js';
import { down } from './commands/down.js';
import { exportFormats, exportLab } from './commands/export.js';
import { importScript } from './commands/import.js';
import { plan } from './commands/plan.js';
import { run } from './commands/run.js';
import { serve } from './commands/serve.js';
import { validate } from './commands/validate.js';

interface Json {
  readonly json?: boolean;
}

/**
 * The command line, as commander sees it. `finish` gets the exit code of the command that was carried out.
 * @param serveArguments What stands after `serve`; the server reads it itself, and knows its own `--help`.
 */
export function vethlabProgram(serveArguments: readonly string[], finish: (exitCode: number) => void): Command {
  const program = new Command('vethlab')
    .description('Draw a network in the browser; it is real at once.')
    .version('0.1.0')
    .helpCommand(true)
    .showSuggestionAfterError();
  const json = () => new Option('--json', 'print JSON, for machines');

  program
    .command('serve')
    .description('the web app (vethlab serve --help tells its options)')
    .helpOption(false)
    .allowUnknownOption()
    .allowExcessArguments()
    .action(async () => finish(await serve(serveArguments)));

  program
    .command('validate')
    .description('check a lab file; list every problem with line and column')
    .argument('<file>', 'a lab file, NAME.lab.yaml')
    .addOption(json())
    .addHelpText('after', '\nExit code: 0 when the lab is valid, 1 when not.')
    .action(async (file: string, options: Json) => finish(await validate(file, { json: options.json === true })));

  program
    .command('plan')
    .description('print the steps against an empty sandbox, and their commands')
    .argument('<file>', 'a lab file')
    .addOption(json())
    .action(async (file: string, options: Json) => finish(await plan(file, { json: options.json === true })));

  program
    .command('run')
    .description("make a sandbox, apply the lab, run COMMAND in the lab's root shell, tear all down")
    .argument('<file>', 'a lab file')
    .argument('[command...]', 'the command, after --; without it, an interactive shell')
    .option('--report <file>', 'write a report as JSON')
    .option('--allow-commands', 'start the commands that the lab file gives its nodes: read them first')
    .addOption(json())
    .addHelpText(
      'after',
      `
In the lab's root shell, "ip netns exec NAME COMMAND" runs a command in the node NAME.

Exit code: that of COMMAND; 1 invalid lab, 3 apply failed, 4 the machine cannot run labs.

Example:
  vethlab run labs/router.lab.yaml -- ip netns exec ns1 ping -c 1 192.168.2.1`,
    )
    .action(
      async (
        file: string,
        command: string[],
        options: Json & { readonly report?: string; readonly allowCommands?: boolean },
      ) =>
        finish(
          await run(file, command, {
            json: options.json === true,
            report: options.report ?? null,
            allowCommands: options.allowCommands === true,
          }),
        ),
    );

  program
    .command('export')
    .description('print a stand-alone script that builds the same lab')
    .argument('<file>', 'a lab file')
    .addOption(new Option('--format <format>', 'what to export it as').choices(exportFormats).makeOptionMandatory())
    .addOption(json())
    .action(async (file: string, options: Json) => finish(await exportLab(file, { json: options.json === true })));

  program
    .command('import')
    .description('run a shell script in an empty sandbox, and print what came to be as a lab file')
    .argument('<script>', 'a shell script of ip, sysctl, bridge … lines')
    .option('--output <file>', 'write the lab file there')
    .option('--name <name>', 'what the lab is called; without it, as the script')
    .addOption(json())
    .addHelpText(
      'after',
      `
The script runs with bash, for at most 30 s, where it sees no network and can write nothing of this machine.
Lines that fail are told; the lab is what came of the others.

Exit code: 0 when every line worked, 1 when some failed, 4 the machine cannot run labs.`,
    )
    .action(async (script: string, options: Json & { readonly output?: string; readonly name?: string }) =>
      finish(
        await importScript(script, {
          json: options.json === true,
          output: options.output ?? null,
          name: options.name ?? null,
        }),
      ),
    );

  program
    .command('down')
    .description('remove from this machine what labs of the host runtime made; needs root, and no server')
    .argument('[lab...]', 'ids of labs')
    .option('--all', 'every lab on this machine')
    .option('--force', 'also what is in their namespaces and not theirs: processes are ended')
    .addOption(json())
    .addHelpText(
      'after',
      '\nExit code: 0 when nothing of them is left, 3 when something in them is not theirs, 4 without root.',
    )
    .action(async (labs: string[], options: Json & { readonly all?: boolean; readonly force?: boolean }) =>
      finish(
        await down(labs, { all: options.all === true, force: options.force === true, json: options.json === true }),
      ),
    );

  program
    .command('adopt')
    .description(
      'give namespaces that are on this machine, or the place of an interface, to a lab of the host runtime; needs root',
    )
    .argument('<lab>', 'id of the lab')
    .argument(
      '<name...>',
      'names as in ip netns list, or NAMESPACE:INTERFACE: that interface goes, and the lab makes its own',
    )
    .addOption(json())
    .action(async (lab: string, namespaces: string[], options: Json) =>
      finish(await adopt(lab, namespaces, { json: options.json === true })),
    );

  program
    .command('discover')
    .description('the namespaces of this machine, with their interfaces and pairs; changes nothing; needs root')
    .option('--lab', 'as a lab file: a copy that can be drawn, and run in a sandbox')
    .addOption(json())
    .action(async (options: Json & { readonly lab?: boolean }) =>
      finish(await discover({ json: options.json === true, lab: options.lab === true })),
    );

  return program;
}
