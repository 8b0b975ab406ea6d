import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root, SetUpError } from '../set-up/repository.mjs';
import { bundleAgent } from './agent-bundle.mjs';
import { bundlePrograms } from './program-bundles.mjs';

const pure = ['packages/records', 'packages/topology', 'packages/observed', 'packages/planner', 'packages/protocol'];
// On the host the agent starts ways out itself, so the package of the sandbox is part of it.
const agent = ['packages/netlink', ...pure, 'packages/sandbox', 'apps/agent'];
const compiled = [...agent, 'apps/server', 'apps/cli'];
const programs = [...pure, 'packages/sandbox', 'apps/server', 'apps/cli'];
const web = [...pure, 'apps/web'];

/**
 * What is built, in order. `inputs` are files and folders; a part is built again when one of them changes, so that touching the web does not
 * rebuild the agent. `modes`: when it is needed at all; without it, always.
 */
export const parts = [
  {
    name: 'packages and apps',
    inputs: [...compiled.flatMap(sourcesOf), 'tsconfig.base.json', 'package-lock.json'],
    outputs: [
      'packages/sandbox/dist/index.js',
      'apps/agent/dist/main.js',
      'apps/server/dist/main.js',
      'apps/cli/dist/main.js',
    ],
    build: async () => run('typescript/bin/tsc', ['-b', ...compiled]),
  },
  {
    name: 'agent bundle',
    inputs: [...agent.flatMap(sourcesOf), 'package-lock.json', 'scripts/build/agent-bundle.mjs'],
    outputs: [
      'apps/agent/dist/bundle/agent.mjs',
      'apps/agent/dist/bundle/bin/vrf-exec',
      'apps/agent/dist/bundle/node_modules/koffi/package.json',
    ],
    build: bundleAgent,
  },
  {
    name: 'server and command line',
    inputs: [...programs.flatMap(sourcesOf), 'package-lock.json', 'scripts/build/program-bundles.mjs'],
    outputs: ['apps/server/bundle/main.js', 'apps/server/bundle/file-worker.js', 'apps/cli/bundle/vethlab.js'],
    build: bundlePrograms,
  },
  {
    name: 'web site',
    inputs: [
      ...web.flatMap(sourcesOf),
      'apps/web/index.html',
      'apps/web/public',
      'apps/web/vite.config.ts',
      'package-lock.json',
    ],
    outputs: ['apps/web/dist/site/index.html'],
    build: async () => run('vite/bin/vite.js', ['build', '--logLevel', 'warn'], join(root, 'apps/web')),
  },
  {
    name: 'bench',
    modes: ['bench', 'build'],
    inputs: [...[...compiled, 'bench'].flatMap(sourcesOf), 'tsconfig.base.json', 'package-lock.json'],
    outputs: ['bench/dist/main.js'],
    build: async () => run('typescript/bin/tsc', ['-b', 'bench']),
  },
];

/** @param {string} folder */
function sourcesOf(folder) {
  return [join(folder, 'src'), join(folder, 'package.json'), join(folder, 'tsconfig.json')];
}

/** Runs a program of node_modules; its path is fixed, since `.bin` needs a shell on some systems. */
function run(program, args, cwd = root) {
  const path = join(root, 'node_modules', program);
  if (!existsSync(path)) throw new SetUpError(`${program} is not installed · node_modules · run: npm ci`);
  const { status, stdout, stderr } = spawnSync(process.execPath, [path, ...args], {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
  });
  if (status !== 0)
    throw new SetUpError(`${program} ${args[0]} failed · see below · mend what it names\n\n${stdout}${stderr}`);
}
