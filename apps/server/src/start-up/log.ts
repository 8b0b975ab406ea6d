import { type Logger, pino } from 'pino';

/** Structured logs on stderr: readable on a terminal, JSON lines for machines. They never hold the token. */
export async function makeLog(options: { readonly tty: boolean; readonly level: string }): Promise<Logger> {
  const base = { level: options.level, base: null };
  const toStderr = 2;
  if (!options.tty) return pino(base, pino.destination({ fd: toStderr, sync: true }));
  const { default: pretty } = await import('pino-pretty');
  return pino(
    base,
    pretty({ destination: toStderr, sync: true, translateTime: 'SYS:HH:MM:ss', colorize: !process.env.NO_COLOR }),
  );
}
