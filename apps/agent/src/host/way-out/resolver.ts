import { readFileSync } from 'node:fs';
import { isIPv4 } from 'node:net';

/** The first name server of the machine that is reached over IPv4, resolv.conf(5); null: it has none. */
export function machineResolver(path = '/etc/resolv.conf'): string | null {
  let text = '';
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    // Without the file the C library asks the machine itself; whether somebody answers there is another question.
    return null;
  }
  const servers = text.split('\n').flatMap((line) => /^nameserver\s+(\S+)/.exec(line)?.[1] ?? []);
  return servers.find((server) => isIPv4(server)) ?? null;
}
