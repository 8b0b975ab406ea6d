import { parseArgs } from 'node:util';
import { isLoopback } from '../auth/listening-names.js';
import { defaultDataFolder } from '../files/data-folder.js';
import type { TlsFiles } from './tls-files.js';

export interface ServeArguments {
  readonly port: number;
  readonly host: string;
  readonly data: string;
  /** Where labs run: each in a sandbox of its own, or on the machine itself, which needs root. */
  readonly runtime: 'sandbox' | 'host';
  /** Null: plain HTTP. */
  readonly tls: TlsFiles | null;
  /** Open a browser where there is one. */
  readonly open: boolean;
  /** The start-up line as JSON. */
  readonly json: boolean;
}

export type ParsedArguments =
  | { readonly type: 'serve'; readonly arguments: ServeArguments }
  | { readonly type: 'help' }
  /** One line: what · where · how to mend it. */
  | { readonly type: 'error'; readonly message: string };

export const helpText = `vethlab serve: the web app

  --port N          port to listen on (7070; 0 takes any free one)
  --host ADDRESS    address to listen on (127.0.0.1)
  --data DIR        folder of the labs ($XDG_DATA_HOME/vethlab)
  --runtime NAME    sandbox (default), or host: labs on this machine itself, for every terminal; needs root
  --no-open         do not open a browser
  --tls-cert FILE   certificate, with its chain, as PEM: serve https
  --tls-key FILE    its private key as PEM, without a passphrase
  --insecure-http   allow an address that other machines can reach, without TLS
  --json            print the start-up line as JSON
`;

/** Reads the arguments of `serve`; the word itself may be left out. */
export function parseServeArguments(argv: readonly string[], env: NodeJS.ProcessEnv): ParsedArguments {
  let values: ReturnType<typeof parse>;
  try {
    values = parse(argv[0] === 'serve' ? argv.slice(1) : argv);
  } catch (error) {
    return { type: 'error', message: `${(error as Error).message} · arguments · see --help` };
  }
  if (values.help) return { type: 'help' };
  const port = Number(values.port);
  if (!/^\d+$/.test(values.port) || port > 65_535) {
    return {
      type: 'error',
      message: `${JSON.stringify(values.port)} is no port · --port · use 0 to 65535, such as 7070`,
    };
  }
  const { runtime } = values;
  if (runtime !== 'sandbox' && runtime !== 'host') {
    return { type: 'error', message: `${JSON.stringify(runtime)} is no runtime · --runtime · use sandbox or host` };
  }
  const tls = tlsFiles(values['tls-cert'], values['tls-key']);
  if (tls === 'incomplete') {
    const [given, missing] =
      values['tls-key'] === undefined ? ['--tls-cert', '--tls-key'] : ['--tls-key', '--tls-cert'];
    return { type: 'error', message: `a certificate and its key are needed together · ${given} · add ${missing} FILE` };
  }
  if (tls === null && !isLoopback(values.host) && !values['insecure-http']) {
    const mend =
      'give --tls-cert and --tls-key, or use 127.0.0.1 with an ssh tunnel, or add --insecure-http to send the token in the clear';
    return { type: 'error', message: `other machines could read the token on ${values.host} · --host · ${mend}` };
  }
  return {
    type: 'serve',
    arguments: {
      port,
      host: values.host,
      data: values.data ?? defaultDataFolder(env),
      runtime,
      tls,
      open: !values['no-open'],
      json: values.json,
    },
  };
}

function tlsFiles(certFile: string | undefined, keyFile: string | undefined): TlsFiles | null | 'incomplete' {
  if (certFile === undefined && keyFile === undefined) return null;
  return certFile === undefined || keyFile === undefined ? 'incomplete' : { certFile, keyFile };
}

function parse(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    options: {
      port: { type: 'string', default: '7070' },
      host: { type: 'string', default: '127.0.0.1' },
      data: { type: 'string' },
      runtime: { type: 'string', default: 'sandbox' },
      'no-open': { type: 'boolean', default: false },
      'tls-cert': { type: 'string' },
      'tls-key': { type: 'string' },
      'insecure-http': { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  }).values;
}
