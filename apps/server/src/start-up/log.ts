import { type Logger, pino } from 'pino';
import pretty from 'pino-pretty';

/** Structured logs on stderr: readable on a terminal, JSON lines for machines. They never hold the token. */
export function makeLog(options: { readonly tty: boolean; readonly level: string }): Logger {
  const base = { level: options.level, base: null };
  const toStderr = 2;
  if (!options.tty) return pino(base, pino.destination({ fd: toStderr, sync: true }));
  return pino(
    base,
    pretty({ destination: toStderr, sync: true, translateTime: 'SYS:HH:MM:ss', colorize: !process.env.NO_COLOR }),
  );
}
