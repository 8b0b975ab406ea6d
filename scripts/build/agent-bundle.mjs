import { cpSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { root } from '../set-up/repository.mjs';
import { newFolder } from './new-folder.mjs';

/**
 * The agent in one file, with its two native modules and the program `vrf-exec` beside it: apps/agent/dist/bundle. It is all that a sandbox needs to read, so that it can be
 * copied to where another uid can read it, and it starts faster than a hundred small files.
 */
export async function bundleAgent() {
  const { rolldown } = await import('rolldown');
  const target = join(root, 'apps/agent/dist/bundle');
  await newFolder(target, async (draft) => {
    await bundle(rolldown, 'main.js', join(draft, 'agent.mjs'));
    await bundle(rolldown, 'vrf-exec/main.js', join(draft, 'vrf-exec.mjs'));
    mkdirSync(join(draft, 'bin'));
    writeFileSync(join(draft, 'bin', 'vrf-exec'), vrfExec, { mode: 0o755 });
    copyKoffi(join(draft, 'node_modules'));
    copyNodePty(join(draft, 'node_modules'));
  });
}

/** Its heap is small, so that a shell in a VRF costs little more than one outside of it. */
const vrfExec = `#!/bin/sh
exec "\${VETHLAB_NODEJS:-node}" --max-semi-space-size=1 --max-old-space-size=64 "\${0%/*}/../vrf-exec.mjs" "$@"
`;

async function bundle(rolldown, source, file) {
  const build = await rolldown({
    input: join(root, 'apps/agent/dist', source),
    platform: 'node',
    external: ['koffi', '@lydell/node-pty'],
    // The sources were compiled just before; the bundle is made of what was compiled.
    resolve: { conditionNames: ['node', 'import', 'default'] },
  });
  await build.write({ file, format: 'esm', sourcemap: false });
  await build.close();
}

/** koffi without its C++ sources, and the prebuilt library of this platform. */
function copyKoffi(target) {
  const require = createRequire(join(root, 'packages/netlink/package.json'));
  const koffi = dirname(require.resolve('koffi'));
  mkdirSync(target, { recursive: true });
  cpSync(koffi, join(target, 'koffi'), {
    recursive: true,
    filter: (source) =>
      !/\/(doc|vendor|lib)$|\.(cc|hh|inc|S|asm|md|d\.ts|txt|def)$|cnoke\.cjs$/.test(source.slice(koffi.length)),
  });
  const natives = join(dirname(koffi), '@koromix');
  for (const name of readdirSync(natives).filter((entry) => entry.startsWith('koffi-linux-'))) {
    cpSync(join(natives, name), join(target, '@koromix', name), { recursive: true });
  }
}

/** What node-pty is made of for Linux, and the prebuilt library of this platform; without one there are labs, but no terminals. */
function copyNodePty(target) {
  const require = createRequire(join(root, 'apps/agent/package.json'));
  const nodePty = dirname(require.resolve('@lydell/node-pty'));
  cpSync(nodePty, join(target, '@lydell', 'node-pty'), {
    recursive: true,
    filter: (source) =>
      !/\/(worker|shared)$|\/(windows|conpty)\w*\.js$|\.(md|d\.ts)$/.test(source.slice(nodePty.length)),
  });
  const natives = dirname(nodePty);
  for (const name of readdirSync(natives).filter((entry) => entry.startsWith('node-pty-linux-'))) {
    cpSync(join(natives, name), join(target, '@lydell', name), { recursive: true });
  }
}
