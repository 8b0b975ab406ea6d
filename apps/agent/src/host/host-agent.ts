import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { prepareNamespaceDirectory, reserveFiles } from '@vethlab/netlink';
import { protocolVersion } from '@vethlab/protocol';
import { wayOutLack } from '@vethlab/sandbox';
import { Agent } from '../agent.js';
import { filesOfLargeLab } from '../kernel/files-of-large-lab.js';
import { namespaceDirectory } from '../sandbox/prepare.js';
import { HostChannel } from './host-channel.js';
import { HostKeeper } from './host-keeper.js';
import { hostRuntime } from './host-runtime.js';
import { checkLabKey } from './lab-key.js';
import { agentsFolder, pidFileOf, socketOf } from './places.js';
import { ProcessBound } from './process-bound/process-bound.js';
import { processesByNamespace, signal, startedByLab, startTimeOf } from './processes.js';
import { takeDown } from './take-down.js';
import { clearLeftOver, clearWaysOut } from './way-out/clear-ways-out.js';
import { WayOutRecords } from './way-out/way-out-records.js';
import { needsPasta } from './way-out/why-pasta.js';

/** The code by which the server knows that somebody took the lab down on purpose. */
export const takenDownCode = 'host.taken-down';

/** The agent of one lab on the host itself: it outlives its server, and the next server finds it at its socket. */
export async function startHostAgent(lab: string): Promise<void> {
  checkLabKey(lab);
  mkdirSync(agentsFolder, { recursive: true, mode: 0o700 });
  writeFileSync(pidFileOf(lab), `${process.pid} ${startTimeOf(process.pid)}\n`, { mode: 0o600 });
  prepareNamespaceDirectory(namespaceDirectory);
  void reserveFiles(filesOfLargeLab);
  const keeper = new HostKeeper(lab);
  keeper.sweep();
  endLeftOver(lab, keeper);
  // Our own among them, of an agent that was killed: this one has opened nothing yet.
  clearWaysOut(lab);
  clearLeftOver();
  const { bound, whyNot } = enterBound(lab);
  const runtime = hostRuntime(lab, needsPasta(new WayOutRecords()) ? await wayOutLack({ byRoot: true }) : null, bound);
  const channel = new HostChannel({
    onConnected: () => {
      channel.send({ type: 'ready', protocol: protocolVersion, pid: process.pid });
      if (whyNot !== null) channel.send({ type: 'log', level: 'warn', message: whyNot });
      agent.tellEverything();
    },
    onLeft: () => {
      void agent.handle({ type: 'watch', counters: false });
      // Without a lab there is nothing to keep alive.
      if (!agent.hasLab) end();
    },
  });
  const agent = new Agent(channel, runtime);
  const end = () => {
    rmSync(socketOf(lab), { force: true });
    rmSync(pidFileOf(lab), { force: true });
    bound?.leave();
    clearWaysOut(lab);
    void channel.close().finally(() => process.exit(0));
  };
  channel.onMessage((message) => {
    if (message.type === 'run-script' || message.type === 'exec') {
      const detail = 'Scripts and commands of a terminal run in sandboxes only, never on the machine itself.';
      channel.send({ type: 'refused', id: message.id, code: 'host.sandbox-only', detail });
      return;
    }
    if (message.type !== 'take-down') {
      void agent.handle(message);
      return;
    }
    try {
      const report = takeDown(lab, { force: message.force });
      channel.send({ type: 'taken-down', id: message.id, report });
      if (report.blockers.length === 0 || message.force) end();
    } catch (error) {
      channel.send({ type: 'refused', id: message.id, code: 'host.down-failed', detail: String(error) });
    }
  });
  // Not the machine's shell, but whoever takes the lab down: they remove what is there once we are gone.
  for (const name of ['SIGTERM', 'SIGINT'] as const) {
    process.once(name, () => {
      const reason = 'The lab was taken down on this machine.';
      channel.send({ type: 'fatal', code: takenDownCode, reason, remedy: 'Start it again.' });
      end();
    });
  }
  // The terminal of whoever started the server is none of our business.
  process.on('SIGHUP', () => undefined);
  await channel.listen(socketOf(lab));
}

function enterBound(lab: string): { readonly bound: ProcessBound | null; readonly whyNot: string | null } {
  try {
    return { bound: ProcessBound.enter(lab), whyNot: null };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { bound: null, whyNot: `How many processes this lab starts is not bounded on this machine: ${reason}` };
  }
}

/** Commands and shells of an agent that was killed: nobody watches over them any more, and ours would be started beside them. */
function endLeftOver(lab: string, keeper: HostKeeper): void {
  const inodes = new Set(keeper.owned().map(({ inode }) => inode));
  for (const { pid, inode } of processesByNamespace())
    if (pid !== process.pid && inodes.has(inode) && startedByLab(pid, lab)) signal(pid, 'SIGKILL');
}
