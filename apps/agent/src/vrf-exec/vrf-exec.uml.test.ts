import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CommandsOfLab } from '../processes/testing/commands-of-lab.js';
import { TestTerminal } from '../terminals/testing/test-terminal.js';
import { exampleLab, SandboxedLab } from '../testing/sandboxed-lab.js';

let lab: SandboxedLab;
let commands: CommandsOfLab;
beforeAll(async () => {
  lab = await SandboxedLab.open(exampleLab('vrf'));
  commands = new CommandsOfLab(lab);
});
afterAll(() => lab.close());

const server = ['python3', '-m', 'http.server', '80'];

/** Whether the router answers a node; both customers call it 10.1.0.254. */
const asks = (node: string) =>
  lab.run('ip', 'netns', 'exec', node, 'curl', '-sS', '-m', '5', 'http://10.1.0.254/').stdout.includes('Directory');
const bound = (vrf: string) => lab.run('ip', 'netns', 'exec', 'isp', 'ss', '-Hltn').stdout.includes(`%${vrf}:80`);

describe('a VRF with terminals and commands in it', () => {
  it('reaches its own customer, and not the other one with the same addresses', async () => {
    const red = await TestTerminal.open(lab, 'isp', 80, 24, 'red');
    await red.until(() => red.plain.endsWith('isp/red:~# '), 'the prompt');
    await red.run('ping -c 1 -W 5 10.2.0.2', /1 received|1 packets received/);
    await red.run('ping -c 1 -W 2 10.2.0.3; echo "no"ne', /(0 received|Unreachable|unreachable)[\s\S]*none/);
    red.close();
    const blue = await TestTerminal.open(lab, 'isp');
    await blue.run('vrf-exec blue ping -c 1 -W 5 10.2.0.3', /1 received|1 packets received/);
    blue.close();
  });

  it('has a server of its own: the customer gets there, and the other one does not', async () => {
    await commands.add('isp', 'web', server, { vrf: 'red' });
    await commands.until('isp:web', 'running');
    await lab.until(() => asks('red1'), 'the server answers in red');
    await lab.until(() => !asks('blue1'), 'and in blue nobody does');
  });

  it('takes that server along to another VRF once somebody has agreed, and to another name', async () => {
    await commands.edit({ type: 'set-command', node: 'isp', name: 'web', vrf: 'blue' });
    await commands.until('isp:web', 'waiting-for-consent');
    await lab.until(() => !asks('red1'), 'it is gone from red');
    commands.allowPrograms({ run: server, vrf: 'blue' }, { run: server, vrf: 'navy' });
    await lab.until(() => asks('blue1'), 'it answers in blue');
    expect(asks('red1')).toBe(false);
    await commands.edit({ type: 'rename-vrf', node: 'isp', name: 'blue', to: 'navy' });
    await lab.until(() => lab.run('ip', '-n', 'isp', 'link', 'show', 'navy').status === 0, 'the kernel has the name');
    await lab.until(() => bound('navy'), 'the server is bound to it');
    await lab.until(() => asks('blue1'), 'and answers again');
  });

  it('says of a command that its VRF is not there, and starts it once it is', async () => {
    lab.run('ip', '-n', 'isp', 'link', 'del', 'navy');
    await commands.act('isp:web', 'stop');
    expect((await commands.act('isp:web', 'start')).status).toMatchObject({
      state: 'failed',
      error: 'ENODEV: the kernel has no VRF navy in this node now',
    });
    lab.run('ip', '-n', 'isp', 'link', 'add', 'navy', 'up', 'type', 'vrf', 'table', '200');
    await commands.until('isp:web', 'running');
    await lab.until(() => bound('navy'), 'the server is bound to the new one');
    await commands.edit({ type: 'remove-vrf', node: 'isp', name: 'navy' });
    await lab.until(() => !commands.names.includes('isp:web'), 'it went with the VRF');
  });
});
