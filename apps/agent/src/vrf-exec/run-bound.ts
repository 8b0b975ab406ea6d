import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { Worker } from 'node:worker_threads';
import { askForSockets, exitNow, NetlinkError, tryBoundSocket } from '@vethlab/netlink';
import { searchable, systemPath } from '../processes/searchable-path.js';

/** As of a shell: nothing of this name, or nothing that can be run. */
const notFound = 127;
const notRunnable = 126;
/** Of `ip vrf exec`, when the VRF is not there. */
const notPossible = 255;
/** Added to the number of the signal that ended the command, as shells do. */
const signalled = 128;

/** What a person types goes to the command, which has the terminal with us. */
const fromTheKeyboard = ['SIGINT', 'SIGQUIT', 'SIGTSTP'] as const;
/** What is sent to us is meant for it. */
const passedOn = ['SIGTERM', 'SIGHUP', 'SIGUSR1', 'SIGUSR2', 'SIGWINCH'] as const;

/**
 * Runs the command with our standard files, and ends with its exit code. A thread that was there before makes the sockets: this one, and what it
 * starts, gets none of its own any more.
 * @param program Where the other thread begins.
 */
export async function runBound(
  ifname: string,
  [file, ...args]: readonly [string, ...string[]],
  program: URL,
): Promise<void> {
  const listener = await prepare(ifname, program);
  if (listener === null) return;
  for (const signal of fromTheKeyboard) process.on(signal, () => undefined);
  const env = { ...process.env, PATH: searchable(process.env.PATH ?? systemPath) };
  const child = spawn(file, args, { stdio: 'inherit', env });
  for (const signal of passedOn) process.on(signal, () => child.kill(signal));
  child.once('error', (error: NodeJS.ErrnoException) => {
    process.stderr.write(`vrf-exec: ${file}: ${error.code === 'ENOENT' ? 'not found' : error.message}\n`);
    exitNow(error.code === 'ENOENT' ? notFound : notRunnable);
  });
  child.once('exit', (code, signal) => exitNow(code ?? signalled + (signal === null ? 0 : constants.signals[signal])));
}

async function prepare(ifname: string, program: URL): Promise<number | null> {
  try {
    tryBoundSocket(ifname);
    const answering = new Worker(program, { workerData: ifname });
    await new Promise((resolve, reject) => {
      answering.once('online', resolve);
      answering.once('error', reject);
    });
    const listener = askForSockets();
    answering.postMessage(listener);
    return listener;
  } catch (error) {
    process.stderr.write(`vrf-exec: ${reasonOf(error, ifname)}\n`);
    exitNow(notPossible);
    return null;
  }
}

function reasonOf(error: unknown, ifname: string): string {
  if (!(error instanceof NetlinkError)) return String(error);
  switch (error.code) {
    case 'ENODEV':
      return `There is no VRF and no interface ${JSON.stringify(ifname)} in this namespace. \`ip link show type vrf\` lists the VRFs.`;
    case 'EBUSY':
      return 'This program runs in a VRF already: leave that one first.';
    case 'ENOSYS':
      return `This is not possible on a machine of the type ${process.arch} yet.`;
    default:
      return error.message;
  }
}
