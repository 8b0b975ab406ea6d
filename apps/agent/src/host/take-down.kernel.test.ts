import { describe, expect, it } from 'vitest';
import { edit, onTestHost, pair } from '../testing/host-case.js';

const on = onTestHost();

describe('vethlab down', () => {
  it('refuses while a process of somebody else runs inside, says which, and leaves the lab running', async () => {
    const lab = await on.openLab('pair', pair);
    const pid = on.host.sleepIn('ns1');
    const refused = on.host.vethlab('down', 'pair');
    expect(refused.status).toBe(3);
    expect(refused.stderr).toContain(`the process ${pid} (sleep) in ns1`);
    expect(on.host.names()).toEqual(['foreign', 'ns1', 'ns2']);
    expect(on.host.isAlive(lab.agent.pid)).toBe(true);
    await expect(lab.close()).rejects.toMatchObject({ code: 'host.not-ours' });
    const removal = await lab.edit(edit({ type: 'remove-nodes', nodes: ['ns1'] }));
    expect(removal.failures[0]?.message).toContain(`the process ${pid} (sleep) runs in ns1`);
    expect(on.host.isAlive(pid)).toBe(true);
    expect(on.host.vethlab('down', 'pair', '--force')).toMatchObject({ status: 0 });
    expect(on.host.isAlive(pid)).toBe(false);
    expect(on.host.names()).toEqual(['foreign']);
  });

  it('refuses while a pair of somebody else leads out of a namespace', async () => {
    await on.openLab('pair', pair);
    on.host.sh('ip link add out0 type veth peer name in0 netns ns1');
    expect(on.host.vethlab('down', '--all')).toMatchObject({
      status: 3,
      stderr: expect.stringContaining('in0 in ns1'),
    });
    expect(on.host.sh('ip link show out0')).toContain('out0');
    on.host.sh('ip link del out0');
    expect(on.host.vethlab('down', '--all').status).toBe(0);
  });

  it('leaves a namespace alone that somebody made under our name, also with our inode', async () => {
    await on.openLab('pair', pair);
    const inode = on.host.inode('ns1');
    // The kernel gives the lowest free number, which is most often the one that has just become free.
    on.host.sh('ip netns del ns1; ip netns del ns2');
    on.host.run('kill', '-9', `${on.host.agentPid('pair') ?? ''}`);
    const numbers = new Set<number>();
    for (let round = 0; round < 50 && !numbers.has(inode); round += 1) {
      on.host.sh('ip netns add ns1');
      numbers.add(on.host.inode('ns1'));
      if (!numbers.has(inode)) on.host.sh('ip netns del ns1');
    }
    if (!on.host.names().includes('ns1')) on.host.sh('ip netns add ns1');
    expect(on.host.vethlab('down', '--all').status).toBe(0);
    expect(on.host.names()).toEqual(['foreign', 'ns1']);
    on.host.sh('ip netns del ns1');
  });

  it('needs to know which labs, and root', () => {
    expect(on.host.vethlab('down').status).toBe(1);
    expect(on.host.vethlab('down', 'x', '--all').status).toBe(1);
    expect(on.host.vethlab('down', '../x').stderr).toContain('no id of a lab');
    expect(on.host.vethlab('down', 'nobody')).toMatchObject({ status: 0, stdout: 'nobody: nothing was left\n' });
  });
});

it('what crash and reading leave of records is swept', async () => {
  on.host.sh('mkdir -p /run/vethlab/owned');
  // As after a crash between the record and the mount, and between the record and the reservation.
  on.host.sh(
    `echo '{"vethlab":1,"lab":"pair","inode":null,"adopted":false}' | tee /run/vethlab/owned/ns8 > /run/vethlab/owned/ns9`,
  );
  on.host.sh('touch /run/netns/ns8 /run/vethlab/owned/.ns6.999999; echo text > /run/vethlab/owned/ns7');
  expect(on.host.vethlab('down', 'pair').status).toBe(0);
  expect(on.host.names()).toEqual(['foreign']);
  expect(on.host.sh('ls -A /run/vethlab/owned')).toBe('ns7\n');
  on.host.sh('rm /run/vethlab/owned/ns7');
});
