import type { Logger } from 'pino';

/** Opens the page where a person sits in front of it: a terminal, and a display. */
export async function openBrowser(url: string, log: Logger): Promise<void> {
  const { env, platform, stdout } = process;
  const display = platform === 'darwin' || Boolean(env.DISPLAY) || Boolean(env.WAYLAND_DISPLAY);
  if (!stdout.isTTY || !display) return;
  try {
    // Only here: most starts open none.
    const { default: open } = await import('open');
    const browser = await open(url);
    // No browser is no fault: the address stands in the terminal. The error could name the address, with its token.
    browser.on('error', () => log.info('no browser could be opened'));
  } catch {
    log.info('no browser could be opened');
  }
}
