import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { FromAgent, ToAgent } from '@vethlab/protocol';

// The smallest agent that keeps the contract of one: lives in a sandbox, ends with its line, answers requests. What it does is chosen by
// VETHLAB_TEST_AGENT, so that the tests can have one that misbehaves.

const behaviour = process.env.VETHLAB_TEST_AGENT ?? 'normal';

function say(message: FromAgent): void {
  process.send?.(message);
}

process.on('disconnect', () => process.exit(0));
process.on('SIGINT', () => undefined);
if (!process.connected) process.exit(0);

if (behaviour === 'crash-early') throw new Error('nothing works today');
if (behaviour === 'fatal') {
  say({ type: 'fatal', code: 'agent.no-veth', reason: 'This kernel has no veth.', remedy: 'Use another kernel.' });
  setTimeout(() => process.exit(1), 50);
} else if (behaviour !== 'silent') {
  execFileSync('mount', ['-t', 'tmpfs', 'tmpfs', '/run']);
  execFileSync('mkdir', ['/run/netns']);
  for (const name of ['left', 'right']) execFileSync('ip', ['netns', 'add', name]);
  // Two that would outlive a careless sandbox: one is an orphan from the start, and both have left our session.
  execFileSync('sh', [
    '-c',
    'setsid sleep 1000 >/dev/null 2>&1 & setsid nsenter --net=/run/netns/left sleep 1000 >/dev/null 2>&1 &',
  ]);
  say({ type: 'ready', protocol: behaviour === 'old' ? 0 : 1, pid: process.pid });
  say({ type: 'log', level: 'info', message: 'first words' });
  process.stdout.write('printed by the agent\n');
}

process.on('message', (message: ToAgent) => {
  if (message.type === 'exec' && message.command !== null) {
    const [command, ...args] = message.command;
    try {
      const text = execFileSync(command, args, { encoding: 'utf8', env: { ...process.env, ...message.env } });
      say({ type: 'log', level: 'info', message: text });
      say({ type: 'exited', id: message.id, exitCode: 0 });
    } catch (error) {
      say({ type: 'refused', id: message.id, code: 'exec.failed', detail: String(error) });
    }
  } else if (message.type === 'reach') {
    say({ type: 'reach-progress', id: message.id, done: 1, total: 2 });
    say({ type: 'reach', id: message.id, report: { nodes: [], cells: [], tookMs: 1 } });
  } else if (message.type === 'plan') {
    say({ type: 'refused', id: message.id, code: 'plan.none', detail: 'There is no lab.' });
  } else if (message.type === 'teardown') {
    process.stderr.write('about to fall\n');
    process.exit(7);
  } else if (message.type === 'cancel') {
    process.kill(process.pid, 'SIGKILL');
  } else if (message.type === 'figures') {
    say({ type: 'drift', items: [] });
    say({ type: 'log', level: 'info', message: readFileSync('/proc/self/status', 'utf8') });
  }
});
