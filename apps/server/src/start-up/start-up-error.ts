import { FolderInUseError } from '../files/folder-lock.js';

/** The server cannot start; the message is one line for people: what · where · how to mend it. */
export class StartUpError extends Error {
  override readonly name = 'StartUpError';
  /** Of the process: 1, or 4 when this machine (or this user) cannot run labs in the way asked for. */
  readonly exitCode: number;

  constructor(message: string, { exitCode = 1, ...options }: ErrorOptions & { readonly exitCode?: number } = {}) {
    super(message, options);
    this.exitCode = exitCode;
  }
}

/** A system error on a folder or file, as one line. */
export function folderError(error: unknown, folder: string): StartUpError {
  if (error instanceof FolderInUseError) {
    const mend = `open its address, end it (process ${error.pid}), or choose another folder with --data`;
    return new StartUpError(`another Vethlab server uses the folder · ${folder} · ${mend}`, { cause: error });
  }
  const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
  const whats = new Map([
    ['EACCES', 'the folder may not be written'],
    ['EPERM', 'the folder may not be written'],
    ['EROFS', 'the disk is read-only'],
    ['ENOSPC', 'the disk is full'],
    ['ENOTDIR', 'a part of the path is a file'],
    ['EEXIST', 'a file is in the place of the folder'],
  ]);
  const what = whats.get(code) ?? `the folder cannot be used (${(error as Error).message})`;
  return new StartUpError(`${what} · ${folder} · choose another with --data`, { cause: error });
}

/** A listening socket that could not be opened, as one line. */
export function listenError(error: unknown, host: string, port: number): StartUpError {
  const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
  const whats = new Map([
    ['EADDRINUSE', ['the port is in use', 'stop the other program, or choose another with --port']],
    ['EACCES', ['the port may not be opened', 'choose one above 1023 with --port']],
    ['EADDRNOTAVAIL', ['this machine does not have the address', 'choose another with --host']],
    ['ENOTFOUND', ['this name has no address', 'choose another with --host']],
  ]);
  const [what, mend] = whats.get(code) ?? [
    `listening failed (${(error as Error).message})`,
    'choose another --port or --host',
  ];
  return new StartUpError(`${what} · ${host}:${port} · ${mend}`, { cause: error });
}
