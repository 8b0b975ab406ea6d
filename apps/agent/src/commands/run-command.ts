import { constants } from 'node:os';
import { execa } from 'execa';

/** Exit codes of the shell convention (POSIX, 2.8.2): not found, and ended by a signal. */
const notFound = 127;
const signalBase = 128;

export interface RunCommand {
  /** Null: the person's own shell, interactive. */
  readonly command: readonly [string, ...string[]] | null;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

/** Runs a command in the lab's root namespace with this process's own terminal. Resolves to its exit code; never rejects. */
export async function runCommand({ command, cwd, env }: RunCommand): Promise<number> {
  const [file, ...args] = command ?? [env.SHELL ?? 'bash'];
  const result = await execa(file, args, {
    cwd,
    env: { ...env, PATH: process.env.PATH },
    extendEnv: false,
    stdio: 'inherit',
    reject: false,
    shell: false,
  });
  if (result.exitCode !== undefined) return result.exitCode;
  if (result.signal !== undefined) return signalBase + (constants.signals[result.signal] ?? 0);
  process.stderr.write(
    `error: cannot run ${file} · ${result.shortMessage ?? 'it was not found'} · check its name and PATH\n`,
  );
  return notFound;
}
