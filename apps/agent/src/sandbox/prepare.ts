import { mkdirSync } from 'node:fs';
import { mountTmpfs, pretendIdentityChanges, RtnetlinkSocket, setLink } from '@vethlab/netlink';

/** Where iproute2 looks for named namespaces (ip-netns(8)). */
export const namespaceDirectory = '/run/netns';

/** Names of namespaces are empty files; what else is there are locks and notes of tools. Whoever fills it must not fill the memory. */
const runBytes = 64 * 1024 * 1024;

/** Folders of system tools that an unprivileged login may not have in its PATH. */
const systemFolders = ['/usr/local/sbin', '/usr/sbin', '/sbin', '/usr/local/bin', '/usr/bin', '/bin'];

/**
 * Makes the sandbox a place for a lab: its own `/run` (so that `ip netns list` knows this lab only), and a loopback that works.
 * Called once, inside the new mount and network namespace.
 */
export function prepareSandbox(): void {
  mountTmpfs('/run', { sizeBytes: runBytes });
  mkdirSync(namespaceDirectory, { recursive: true });
  const root = RtnetlinkSocket.open();
  root.batchSync([setLink({ ifname: 'lo', up: true })]);
  root.close();
  pretendIdentityChanges();
  const path = process.env.PATH?.split(':') ?? [];
  process.env.PATH = [...path, ...systemFolders.filter((folder) => !path.includes(folder))].join(':');
}
