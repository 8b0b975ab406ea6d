import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

const typist = fileURLToPath(new URL('./typist.js', import.meta.url));

/** A port for the DevTools of a browser, which listens on the loopback only. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('No free port.');
  return address.port;
}

/**
 * Types into the page at this address. By a small program that gives way to everything else (nice(1)): a person's hands take no processor,
 * and Playwright takes 3 ms of one for each key, and both cores for 5 ms whenever its memory is tidied up.
 */
export async function typeKeys(
  devToolsPort: number,
  pageUrl: string,
  { keys, pauseMs }: { readonly keys: number; readonly pauseMs: number },
): Promise<void> {
  const pages = (await (await fetch(`http://127.0.0.1:${devToolsPort}/json`)).json()) as {
    readonly url: string;
    readonly webSocketDebuggerUrl: string;
  }[];
  const page = pages.find(({ url }) => url === pageUrl);
  if (page === undefined) throw new Error(`The browser shows no ${pageUrl}.`);
  const words = ['-n', '15', process.execPath, typist, page.webSocketDebuggerUrl, String(keys), String(pauseMs)];
  const [exitCode] = (await once(spawn('nice', words, { stdio: ['ignore', 'ignore', 'inherit'] }), 'exit')) as [number];
  if (exitCode !== 0) throw new Error(`The typist ended with ${exitCode}.`);
}
