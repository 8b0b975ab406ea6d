import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A service that the firewalls of the star let in. */
const port = 80;
const startTimeoutMs = 20_000;

/** What the asking end has to tell, in bytes. */
export interface Talk {
  readonly sent: number;
  readonly answered: number;
  /** Why it is over, when nobody ended it. */
  readonly broken: string | null;
}

export interface ConnectionFigures {
  readonly roundTrips: number;
  /** Segments of TCP that had to be sent again, of both ends: what got lost on the way without breaking anything. */
  readonly sentAgain: number;
}

/** One end: a host of the star, and its address. */
export interface ConnectionEnd {
  readonly node: string;
  readonly address: string;
}

/** A TCP connection between two nodes of a running lab, with something sent to and fro all the time, while something else is done to the lab. */
export class ConnectionBeside {
  readonly #ends: readonly [asking: ChildProcess, serving: ChildProcess];
  readonly #said: () => string;
  readonly #over: Promise<unknown>;
  readonly #sentAgainBefore: number;

  private constructor(asking: ChildProcess, serving: ChildProcess, said: () => string) {
    this.#ends = [asking, serving];
    this.#said = said;
    this.#over = once(asking, 'close');
    this.#sentAgainBefore = this.#sentAgain();
  }

  /**
   * Resolves when the first answer has come.
   * @param init the lab's first process
   */
  static async open(init: number, from: ConnectionEnd, to: ConnectionEnd): Promise<ConnectionBeside> {
    const serving = runIn(init, to.node, ['serve', `${port}`]);
    await ready(serving);
    const asking = runIn(init, from.node, ['ask', `${port}`, to.address]);
    const said = await ready(asking);
    return new ConnectionBeside(asking, serving, said);
  }

  /**
   * Waits for the last answers, and ends it.
   * @throws Error when the connection broke, or an answer did not come
   */
  async end(): Promise<ConnectionFigures> {
    const [asking, serving] = this.#ends;
    const sentAgain = this.#sentAgain() - this.#sentAgainBefore;
    asking.stdin?.end();
    await this.#over;
    serving.stdin?.end();
    const last = this.#said().trim().split('\n').at(-1) ?? '';
    if (!last.startsWith('{')) throw new Error(`The connection beside it ended without a word: ${this.#said()}`);
    const { sent, answered, broken } = JSON.parse(last) as Talk;
    if (broken !== null)
      throw new Error(`The connection beside it broke: ${broken}; ${answered} of ${sent} were answered.`);
    return { roundTrips: answered, sentAgain };
  }

  #sentAgain(): number {
    return this.#ends.reduce((sum, { pid }) => sum + retransmitted(pid ?? 0), 0);
  }
}

/** Counted by the namespace that a process is in, where nobody else speaks TCP (proc_pid_net(5), RFC 2012). 0 when the process has ended. */
function retransmitted(pid: number): number {
  try {
    const [names = [], values = []] = readFileSync(`/proc/${pid}/net/snmp`, 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('Tcp:'))
      .map((line) => line.split(' '));
    return Number(values[names.indexOf('RetransSegs')]);
  } catch {
    return 0;
  }
}

/** Not in the lab's own tree of processes: so it is ours to end, by its pid. */
function runIn(init: number, node: string, args: readonly string[]): ChildProcess {
  const program = readFileSync(fileURLToPath(new URL('./echo-program.js', import.meta.url)), 'utf8');
  const user = process.getuid?.() === 0 ? ['--user'] : ['--user', '--preserve-credentials'];
  const inLab = [`--target=${init}`, ...user, '--net', '--mount', 'nsenter', `--net=/run/netns/${node}`];
  // As text: the lab's root may not be allowed to read our folder.
  const command = [process.execPath, '--input-type=module', '--eval', program, ...args];
  return spawn('nsenter', [...inLab, ...command], { stdio: ['pipe', 'pipe', 'inherit'] });
}

/** Resolves when it says that it is ready, with the way to what it has said. */
function ready(child: ChildProcess): Promise<() => string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const timer = setTimeout(() => reject(new Error(`No connection in ${startTimeoutMs} ms: ${text}`)), startTimeoutMs);
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      if (!text.startsWith('ready\n')) return;
      clearTimeout(timer);
      resolve(() => text);
    });
    child.once('close', () => reject(new Error(`No connection: ${text}`)));
  });
}
