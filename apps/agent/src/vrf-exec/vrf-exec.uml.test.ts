import { afterAll, beforeAll, describe, it } from 'vitest';
import { CommandsOfLab } from '../processes/testing/commands-of-lab.js';
import { TestTerminal } from '../terminals/testing/test-terminal.js';
import { exampleLab, SandboxedLab } from '../testing/sandboxed-lab.js';

let lab: SandboxedLab;
beforeAll(async () => {
  lab = await SandboxedLab.open(exampleLab('vrf'));
});
afterAll(() => lab.close());

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
    const commands = new CommandsOfLab(lab);
    await commands.add('isp', 'web', ['vrf-exec', 'red', 'python3', '-m', 'http.server', '80']);
    await commands.until('isp:web', 'running');
    const asks = (node: string) =>
      lab.run('ip', 'netns', 'exec', node, 'curl', '-sS', '-m', '5', 'http://10.1.0.254/').stdout.includes('Directory');
    await lab.until(() => asks('red1'), 'the server answers in red');
    await lab.until(() => !asks('blue1'), 'and in blue nobody does');
  });
});
