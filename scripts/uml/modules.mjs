import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SetUpError } from '../set-up/repository.mjs';

/** Where Debian's user-mode-linux has its modules: a folder for its version, without the index that modprobe reads. */
const packaged = '/usr/lib/uml/modules';

/**
 * Loaded at boot, so that it does not depend on the order of the tests what is there: `ip_gre`, for one, puts a gre0 into every namespace.
 * Whatever else a test asks for, the kernel loads by itself.
 */
export const wantedModules = [
  'ipv6',
  'veth',
  'bridge',
  'dummy',
  'vrf',
  '8021q',
  'macvlan',
  'vxlan',
  'ip_gre',
  'ip6_gre',
  'bonding',
  'ifb',
  'tun',
  'sch_netem',
  'sch_tbf',
  'sch_htb',
  'sch_ingress',
  'act_mirred',
  'cls_u32',
  'nf_tables',
  'iptable_nat',
];

/**
 * A folder that can be /lib/modules/VERSION: links to the packaged modules, and their index beside them. 0.2 s, so nothing is kept.
 * @param {string} folder
 */
export function indexModules(folder) {
  const version = existsSync(packaged) ? readdirSync(packaged).at(-1) : undefined;
  if (version === undefined) {
    throw new SetUpError(
      `no modules of a second kernel · ${packaged} · install the package user-mode-linux (x86 only)`,
    );
  }
  const target = join(folder, 'lib/modules', version);
  mkdirSync(target, { recursive: true });
  for (const name of ['kernel', 'modules.order', 'modules.builtin', 'modules.builtin.modinfo']) {
    if (existsSync(join(packaged, version, name))) symlinkSync(join(packaged, version, name), join(target, name));
  }
  const run = spawnSync('depmod', ['-b', folder, version], { encoding: 'utf8' });
  if (run.status !== 0) {
    throw new SetUpError(`depmod failed: ${run.error?.message ?? run.stderr} · ${target} · install the package kmod`);
  }
  writeFileSync(join(folder, 'wanted-modules'), `${wantedModules.join('\n')}\n`);
}
