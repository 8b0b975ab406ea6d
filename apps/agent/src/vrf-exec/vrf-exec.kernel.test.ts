import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CommandsOfLab } from '../processes/testing/commands-of-lab.js';
import { TestTerminal } from '../terminals/testing/test-terminal.js';
import { exampleLab, SandboxedLab } from '../testing/sandboxed-lab.js';

// SO_BINDTODEVICE is the same for any interface; with VRFs, which this kernel may lack, in vrf-exec.uml.test.ts.

let lab: SandboxedLab;
let terminal: TestTerminal;
beforeAll(async () => {
  lab = await SandboxedLab.open(exampleLab('router'));
  terminal = await TestTerminal.open(lab, 'ns-router');
});
afterAll(() => lab.close());

/** What Python says of a socket that a program made in it. */
const python = (body: string) => `python3 -c '${body}'`;
const boundTo = 'getsockopt(socket.SOL_SOCKET, 25, 16)';

describe('vrf-exec', () => {
  it('binds every IPv4 and IPv6 socket of a program, and of what it starts, to the interface', async () => {
    const [ifname = ''] = lab
      .json<{ ifname: string }[]>('ip', '-j', '-n', 'ns-router', 'link')
      .map((link) => link.ifname)
      .filter((name) => name !== 'lo');
    for (const family of ['AF_INET', 'AF_INET6']) {
      const ask = python(`import socket; print("is", socket.socket(socket.${family}).${boundTo})`);
      await terminal.run(`vrf-exec ${ifname} sh -c "exec ${ask.replaceAll('"', '\\"')}"`, new RegExp(`is b.${ifname}`));
      await terminal.run(ask, /is b''/);
    }
    // Other sockets are as they are.
    await terminal.run(`vrf-exec ${ifname} ip -br link show ${ifname} | cut -c1-4 | tr a-z A-Z`, /VETH|ETH/);
  });

  it('keeps flags, protocols and errors of sockets', async () => {
    const flags = python(
      'import socket,os; a=socket.socket(socket.AF_INET, socket.SOCK_DGRAM|socket.SOCK_NONBLOCK|socket.SOCK_CLOEXEC); print("nb", a.getblocking(), os.get_inheritable(a.fileno()), a.type)',
    );
    await terminal.run(`vrf-exec lo ${flags}`, /nb False False (2|SocketKind.SOCK_DGRAM)/);
    const wrong = python('import socket; socket.socket(socket.AF_INET, 99)');
    await terminal.run(`vrf-exec lo ${wrong}`, /OSError: \[Errno (22|94|93)\]/);
  });

  it('ends as the command ends, and says what is not possible', async () => {
    await terminal.run("vrf-exec lo sh -c 'exit 7'; echo code=$?", /code=7/);
    await terminal.run("vrf-exec lo sh -c 'kill -TERM $$'; echo code=$?", /code=143/);
    await terminal.run('vrf-exec lo no-such-program; echo code=$?', /no-such-program: not found[\s\S]*code=127/);
    await terminal.run('vrf-exec no-such-vrf true; echo code=$?', /There is no VRF[\s\S]*"no-such-vrf"[\s\S]*code=255/);
    await terminal.run('vrf-exec lo vrf-exec lo true; echo code=$?', /in a VRF already[\s\S]*code=255/);
    await terminal.run('vrf-exec; echo code=$?', /usage: vrf-exec VRF COMMAND[\s\S]*code=255/);
  });

  it('leaves Ctrl-C to the command, and the shell goes on', async () => {
    terminal.type("vrf-exec lo sh -c 'echo wai''ting; exec sleep 100'\n");
    await terminal.until(() => terminal.plain.includes('waiting'), 'the command runs');
    terminal.type('\u0003');
    await terminal.run('echo code=$?', /code=130/);
  });

  it('is the place of a whole terminal: jobs, colours, and a prompt that says so', async () => {
    const bound = await TestTerminal.open(lab, 'ns1', 80, 24, 'lo');
    await bound.until(() => bound.plain.endsWith('ns1/lo:~# '), 'the prompt');
    await bound.run(python(`import socket; print("is", socket.socket().${boundTo})`), /is b.lo/);
    await bound.run('sleep 100 & jobs; kill %1', /Running +sleep 100/);
    bound.close();
  });

  it('gives commands of a node the same', async () => {
    const commands = new CommandsOfLab(lab);
    await commands.add('ns1', 'web', ['vrf-exec', 'lo', 'python3', '-m', 'http.server', '8080']);
    await commands.until('ns1:web', 'running');
    const listening = () => lab.run('ip', 'netns', 'exec', 'ns1', 'ss', '-Hltn').stdout;
    await lab.until(() => listening().includes('%lo:8080'), 'a server that listens on the loopback interface only');
    await commands.edit({ type: 'remove-command', node: 'ns1', name: 'web' });
    await lab.until(() => !listening().includes(':8080'), 'the server is gone');
  });

  it('is how a command runs in a VRF of its node, which says so when that is not there, and starts when it is', async () => {
    const commands = new CommandsOfLab(lab);
    await commands.edit({ type: 'set-vrf', node: 'ns2', name: 'red' });
    // A kernel that has VRFs has this one now.
    lab.run('ip', '-n', 'ns2', 'link', 'del', 'red');
    await commands.add('ns2', 'web', ['python3', '-m', 'http.server', '8081'], { vrf: 'red', start: 'by-hand' });
    await commands.until('ns2:web', 'idle');
    expect((await commands.act('ns2:web', 'start')).status).toMatchObject({
      state: 'failed',
      error: 'ENODEV: the kernel has no VRF red in this node now',
    });
    await commands.edit({ type: 'set-command', node: 'ns2', name: 'web', start: 'with-lab' });
    // For a socket, any interface of the name will do.
    lab.run('ip', '-n', 'ns2', 'link', 'add', 'red', 'type', 'veth', 'peer', 'name', 'red-peer');
    await commands.until('ns2:web', 'running');
    const listening = () => lab.run('ip', 'netns', 'exec', 'ns2', 'ss', '-Hltn').stdout;
    await lab.until(() => listening().includes('%red:8081'), 'a server whose socket is bound');
    await commands.edit({ type: 'remove-vrf', node: 'ns2', name: 'red' });
    await lab.until(() => !listening().includes(':8081'), 'it went with the VRF');
  });
});
