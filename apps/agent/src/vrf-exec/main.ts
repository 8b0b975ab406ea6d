// vrf-exec VRF COMMAND…: runs a command whose IPv4 and IPv6 sockets all belong to a VRF (or another interface), as `ip vrf exec` does.
import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import { answerWithBoundSockets } from '@vethlab/netlink';
import { readArguments } from './arguments.js';
import { runBound } from './run-bound.js';

if (isMainThread) {
  const read = readArguments(process.argv.slice(2));
  if (read.ok) await runBound(read.ifname, read.command, new URL(import.meta.url));
  else {
    process.stderr.write(`${read.problem}\n`);
    process.exitCode = 255;
  }
} else {
  // Waits in the kernel for questions, for as long as the program runs.
  parentPort?.once('message', (listener: number) => answerWithBoundSockets(listener, String(workerData)));
}
