import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';

/**
 * How long one script may take, in milliseconds: a hanging `ip` must end the test, not the test run. In the second kernel (scripts/uml)
 * everything takes several times as long.
 */
const SCRIPT_DEADLINE_MS = process.env.VETHLAB_UML === '1' ? 180_000 : 60_000;

const UNSHARE = ['--user', '--map-root-user', '--net', '--mount', '--pid', '--fork', '--kill-child', '--mount-proc'];

export interface ScriptResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A shell in a sandbox of its own, where `ip netns` works without root. Ending it frees everything made inside. */
export class SandboxShell {
  private stdout = '';
  private stderr = '';
  private number = 0;

  private constructor(private readonly child: ChildProcessWithoutNullStreams) {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      this.stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.stderr += text;
    });
  }

  static async open(): Promise<SandboxShell> {
    const shell = new SandboxShell(spawn('unshare', [...UNSHARE, 'sh'], { stdio: 'pipe' }));
    const { exitCode, stderr } = await shell.run('mount -t tmpfs tmpfs /run && mkdir /run/netns');
    if (exitCode === 0) return shell;
    await shell.close();
    throw new Error(`No sandbox: ${stderr}`);
  }

  /** Runs a script with a `sh` of its own. Its text is free: it travels as a here-document that nothing in it can end. */
  async run(script: string): Promise<ScriptResult> {
    this.number += 1;
    const end = `END-OF-SCRIPT-${this.number}`;
    this.stdout = '';
    this.stderr = '';
    this.child.stdin.write(
      `sh <<'${end}'\n${script}\n${end}\ncode=$?; printf '\\n${end} %s\\n' $code; printf '\\n${end} %s\\n' $code >&2\n`,
    );
    const finished = new RegExp(`\\n${end} (\\d+)\\n$`);
    const deadline = performance.now() + SCRIPT_DEADLINE_MS;
    for (;;) {
      const out = finished.exec(this.stdout);
      if (out !== null && finished.test(this.stderr)) {
        const stderr = this.stderr.replace(finished, '');
        return { exitCode: Number(out[1]), stdout: this.stdout.slice(0, out.index), stderr };
      }
      if (this.child.exitCode !== null) throw new Error(`The sandbox ended: ${this.stderr}`);
      if (performance.now() > deadline) throw new Error(`A script took too long: ${this.stderr}`);
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  }

  async close(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await ended;
  }
}
