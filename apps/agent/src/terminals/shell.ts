import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';
import { inVrf } from '../vrf-exec/in-vrf.js';
import { toolEnvironment, withTools } from '../vrf-exec/tool-folder.js';
import type { ShellFiles } from './shell-files.js';

/** A shell to start: without a profile of the machine, and with nothing of our environment but what is named here. */
export interface Shell {
  readonly file: string;
  readonly args: string[];
  readonly env: Record<string, string>;
}

/** The time zone; and on a host, the mark by which what a lab started there is known. */
const passedOn = ['TZ', 'VETHLAB_HOST_LAB'] as const;

/**
 * The shell of a terminal. bash runs its own set-up before the first prompt: an rc file would be read after the system-wide
 * one (Debian compiles SYS_BASHRC in), which is for the machine and not for a lab. Without bash, sh reads ENV (POSIX, sh).
 * @param name What the prompt shows; printable.
 * @param nameFile Where that name is kept up to date.
 */
export function shellFor(
  files: ShellFiles,
  name: string,
  nameFile: string,
  ours: NodeJS.ProcessEnv = process.env,
): Shell {
  const path = ours.PATH ?? '/usr/sbin:/usr/bin:/sbin:/bin';
  const bash = findProgram('bash', path);
  const file = bash ?? findProgram('sh', path) ?? '/bin/sh';
  const env: Record<string, string> = {
    PATH: withTools(path),
    ...toolEnvironment,
    HOME: files.home,
    USER: 'root',
    LOGNAME: 'root',
    SHELL: file,
    TERM: 'xterm-256color',
    COLORTERM: 'truecolor',
    LANG: ours.LC_ALL ?? ours.LC_CTYPE ?? ours.LANG ?? 'C.UTF-8',
    VETHLAB_NODE: name,
    VETHLAB_TERMINAL: nameFile,
  };
  for (const variable of passedOn) {
    const value = ours[variable];
    if (value !== undefined) env[variable] = value;
  }
  if (bash === null) return { file, args: ['-i'], env: { ...env, ENV: files.shrc } };
  return { file, args: ['--noprofile', '--norc', '-i'], env: { ...env, PROMPT_COMMAND: `. "${files.bashrc}"` } };
}

/** The same shell, all sockets of which are of a VRF of its node. */
export function shellInVrf(shell: Shell, vrf: string): Shell {
  const [file, ...args] = inVrf([shell.file, ...shell.args], vrf);
  return { ...shell, file, args };
}

/** Characters that would draw, move or colour something in a prompt are shown as "?". */
export function printableName(node: string | null, vrf?: string): string {
  const name = node ?? 'root';
  return (vrf === undefined ? name : `${name}/${vrf}`).replace(/\p{C}/gu, '?');
}

function findProgram(name: string, path: string): string | null {
  for (const folder of path.split(':')) {
    if (!folder.startsWith('/')) continue;
    const file = join(folder, name);
    try {
      accessSync(file, constants.X_OK);
      return file;
    } catch {
      // Not in this folder; the next one may have it.
    }
  }
  return null;
}
