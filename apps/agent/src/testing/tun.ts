import { accessSync, constants } from 'node:fs';

/**
 * True when the user of this test may have a /dev/net/tun, without which nobody gets a way out. Root makes one where it is missing, so as root nothing
 * is ever left out. udev gives it to everybody (mode 0666); some small
 * machines have it for root only, and the product says so, with the remedy (packages/sandbox/src/outside). What needs it cannot be tried there.
 */
export const mayOpenTun = process.getuid?.() === 0 || isOpen('/dev/net/tun');

function isOpen(device: string): boolean {
  try {
    accessSync(device, constants.R_OK | constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
