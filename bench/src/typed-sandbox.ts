import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Words that give up root: whoever types by hand has a sandbox of an ordinary user, as we have. */
export const asOrdinaryUser =
  process.getuid?.() === 0 ? ['setpriv', '--reuid', '60990', '--regid', '60990', '--clear-groups', '--'] : [];
const sandbox = [
  'unshare',
  '--user',
  '--map-root-user',
  '--net',
  '--mount',
  '--pid',
  '--fork',
  '--kill-child',
  '--mount-proc',
];

export interface TypedSandbox {
  /** The pid of the first process inside. */
  readonly init: number;
  readonly end: () => void;
}

/** An empty sandbox in which somebody types these lines. */
export async function typeByHand(lines: readonly string[]): Promise<TypedSandbox> {
  const script = ['mount -t tmpfs tmpfs /run && mkdir /run/netns', ...lines, 'echo ready', 'exec sleep 600'].join('\n');
  const [file = '', ...args] = [...asOrdinaryUser, ...sandbox, 'sh', '-euc', script];
  const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'inherit'], cwd: '/' });
  await saidReady(child);
  const init = Number.parseInt(readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8'), 10);
  return { init, end: () => child.kill('SIGKILL') };
}

function saidReady(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.stdout?.setEncoding('utf8').on('data', (text: string) => text.includes('ready') && resolve());
    child.once('exit', () => reject(new Error('What was typed by hand ended before it was ready.')));
  });
}
