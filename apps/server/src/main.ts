import type { Logger } from 'pino';
import { startSandboxedAgent } from './agents/agent-starter.js';
import { tokenFile } from './files/data-folder.js';
import { ThreadCodec } from './files/thread-codec.js';
import { type HostSide, takeHost } from './host/host-side.js';
import { type RunningServer, serve } from './serve.js';
import { helpText, parseServeArguments, type ServeArguments } from './start-up/arguments.js';
import { makeLog } from './start-up/log.js';
import { openBrowser } from './start-up/open-browser.js';
import { StartUpError } from './start-up/start-up-error.js';
import { readTls, type Tls, type TlsFiles } from './start-up/tls-files.js';
import { warmUp } from './warm-up/warm-up.js';

/* `vethlab serve` and `npm start`: reads the arguments, serves, and ends with its terminal or its parent. */

/** Saving and ending sandboxes takes well under a second; after this the rest is left to the lifeline and the journal. */
const closeMaxMs = 5_000;

/** A browser that is opened at the start asks for the page and its lab first. */
const warmUpDelayMs = 500;

const parsed = parseServeArguments(process.argv.slice(2), process.env);
if (parsed.type === 'help') process.stdout.write(helpText);
else if (parsed.type === 'error') fail(parsed.message);
else await run(parsed.arguments);

async function run(args: ServeArguments): Promise<void> {
  const tls = args.tls === null ? null : readTlsOrFail(args.tls);
  const hostSide = args.runtime === 'host' ? await takeHostOrFail(args.data) : null;
  const log = await makeLog({ tty: process.stderr.isTTY, level: process.env.VETHLAB_LOG_LEVEL ?? 'info' });
  const serving = serve({
    host: args.host,
    port: args.port,
    data: args.data,
    tokenFile: tokenFile(process.env),
    ...(tls === null ? {} : { tls }),
    codec: new ThreadCodec(),
    startAgent: hostSide?.startAgent ?? startSandboxedAgent,
    ...(hostSide === null ? {} : { hostSide }),
    log,
  });
  // Before anything is printed: whoever reads the start-up line may end the server at once.
  endWhenAsked(serving, log);
  let server: RunningServer;
  try {
    server = await serving;
  } catch (error) {
    if (!(error instanceof StartUpError)) throw error;
    fail(error.message, error.exitCode);
  }
  const address = `${server.url}?token=${server.token}`;
  const line = args.json
    ? JSON.stringify({ url: server.url, address, port: server.port, data: args.data, pid: process.pid })
    : `Vethlab is ready: ${address}`;
  process.stdout.write(`${line}\n`);
  log.info({ url: server.url, data: args.data, labs: server.shelf.list().length }, 'serving');
  if (args.open) await openBrowser(address, log);
  warmUpLater(server, log);
}

/** Not while labs come back: these need the processor more. */
function warmUpLater(server: RunningServer, log: Logger): void {
  setTimeout(() => {
    if (server.shelf.list().some(({ run }) => run === 'starting')) warmUpLater(server, log);
    else warmUp().catch((error: unknown) => log.error({ err: error }, 'warm-up failed'));
  }, warmUpDelayMs).unref();
}

/** Ends on Ctrl-C, on `kill`, and when the command line that started this ends, in whatever way. */
function endWhenAsked(serving: Promise<RunningServer>, log: Logger): void {
  const end = (why: string) => {
    log.info({ why }, 'ending');
    setTimeout(() => process.exit(1), closeMaxMs).unref();
    serving
      .then((server) => server.close())
      .then(
        () => process.exit(0),
        (error: unknown) => {
          log.error({ err: error }, 'not ended cleanly');
          process.exit(1);
        },
      );
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => end(signal));
  if (process.channel !== undefined && process.channel !== null)
    process.once('disconnect', () => end('parent is gone'));
}

async function takeHostOrFail(data: string): Promise<HostSide> {
  try {
    return await takeHost(data);
  } catch (error) {
    if (error instanceof StartUpError) fail(error.message, error.exitCode);
    throw error;
  }
}

function readTlsOrFail(files: TlsFiles): Tls {
  try {
    return readTls(files);
  } catch (error) {
    if (error instanceof StartUpError) fail(error.message);
    throw error;
  }
}

/** The channel to the command line would keep the process alive, so it is ended; stderr is written synchronously before. */
function fail(message: string, exitCode = 1): never {
  process.stderr.write(`error: ${message}\n`);
  process.exit(exitCode);
}
