import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** What a scenario is given: it runs in another process and can use nothing from outside itself. */
export interface SandboxTools<Input = unknown> {
  readonly netlink: typeof import('../index.js');
  readonly input: Input;
  /** A module of the package that is no part of its public surface, by its path in `dist`. */
  readonly internal: (path: string) => Promise<unknown>;
  readonly run: (...command: string[]) => string;
  readonly start: (...command: string[]) => ChildProcess;
  // biome-ignore lint/suspicious/noExplicitAny: what iproute2 prints has no types; the test says what it expects.
  readonly ip: (...words: string[]) => any;
  // biome-ignore lint/suspicious/noExplicitAny: as above.
  readonly ipIn: (name: string, ...words: string[]) => any;
  readonly must: (
    socket: import('../index.js').RtnetlinkSocket,
    requests: readonly import('../index.js').Request[],
  ) => void;
  readonly until: <T>(look: () => T | null | undefined | false) => Promise<T>;
}

const PACKAGE = fileURLToPath(new URL('../../', import.meta.url));
const ROOT = join(PACKAGE, '../..');
const CHILD = fileURLToPath(new URL('./sandbox-child.mjs', import.meta.url));
const UNSHARE = [
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
/** Debian's `nobody`. */
const ORDINARY_USER = ['setpriv', '--reuid', '65534', '--regid', '65534', '--clear-groups'];

let compiled = false;

/** The package as users get it: a scenario runs in plain Node, which reads no TypeScript. */
function compile(): void {
  if (compiled) return;
  execFileSync(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), '-b', PACKAGE], { stdio: 'inherit' });
  compiled = true;
}

/**
 * Runs a function in a process of its own, inside new user, network, mount and pid namespaces with an empty /run, and gives
 * back what it returned (through JSON). The function is sent as text: it must not use anything from outside of it.
 */
export function inSandbox<T, Input = undefined>(
  scenario: (tools: SandboxTools<Input>) => T | Promise<T>,
  options: { readonly input?: Input; readonly ordinaryUser?: boolean } = {},
): Promise<T> {
  compile();
  const ordinary = options.ordinaryUser === true && process.getuid?.() === 0;
  if (!ordinary) return runScenario([], CHILD, join(PACKAGE, 'dist/index.js'), scenario, options.input);
  const copy = copyForEverybody();
  const library = join(copy, 'netlink/dist/index.js');
  return runScenario(ORDINARY_USER, join(copy, 'child.mjs'), library, scenario, options.input).finally(() =>
    rmSync(copy, { recursive: true }),
  );
}

/** A clone may lie where other users cannot read it. */
function copyForEverybody(): string {
  const folder = mkdtempSync(join(tmpdir(), 'netlink-test-'));
  chmodSync(folder, 0o755);
  cpSync(join(PACKAGE, 'dist'), join(folder, 'netlink/dist'), { recursive: true });
  cpSync(join(PACKAGE, 'package.json'), join(folder, 'netlink/package.json'));
  cpSync(CHILD, join(folder, 'child.mjs'));
  const koffi = dirname(createRequire(join(PACKAGE, 'package.json')).resolve('koffi'));
  cpSync(koffi, join(folder, 'node_modules/koffi'), { recursive: true });
  const native = join(dirname(koffi), '@koromix');
  if (existsSync(native)) cpSync(native, join(folder, 'node_modules/@koromix'), { recursive: true });
  return folder;
}

async function runScenario<T, Input>(
  prefix: readonly string[],
  child: string,
  library: string,
  scenario: (tools: SandboxTools<Input>) => T | Promise<T>,
  input: Input | undefined,
): Promise<T> {
  const [program = '', ...words] = [...prefix, ...UNSHARE, process.execPath, child];
  const started = spawn(program, words, { stdio: ['pipe', 'pipe', 'pipe', 'pipe'], cwd: '/' });
  let answer = '';
  let noise = '';
  started.stdio[3]?.on('data', (chunk: Buffer) => {
    answer += chunk.toString();
  });
  for (const stream of [started.stdout, started.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      noise += chunk.toString();
    });
  }
  const ended = new Promise<string>((resolve, reject) => {
    started.on('error', reject);
    started.on('close', (code, signal) => resolve(signal ?? `exit ${code}`));
  });
  started.stdin?.end(JSON.stringify({ library: pathToFileURL(library).href, source: scenario.toString(), input }));
  const how = await ended;
  if (answer === '') throw new Error(`the sandbox ended without an answer (${how}): ${noise}`);
  const parsed = JSON.parse(answer) as { value?: T; error?: string };
  if (parsed.error !== undefined) throw new Error(`in the sandbox: ${parsed.error}\n${noise}`);
  return parsed.value as T;
}
