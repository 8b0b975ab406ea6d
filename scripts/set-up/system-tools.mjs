import { spawnSync } from 'node:child_process';
import { accessSync, constants, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { SetUpError } from './repository.mjs';

/** Debian keeps `ip` and `sysctl` here, and leaves these folders out of an ordinary user's PATH. */
const systemFolders = ['/usr/sbin', '/sbin', '/usr/bin', '/bin'];

/** What must be there, how to see it, and the Debian package that brings it. */
const forLabs = [
  { debianPackage: 'util-linux', programs: ['unshare', 'setpriv', 'prlimit', 'nsenter'] },
  { debianPackage: 'mount', programs: ['mount'] },
  { debianPackage: 'iproute2', programs: ['ip'] },
  { debianPackage: 'procps', programs: ['sysctl', 'ps'] },
];
/** What tests and bench ask the kernel, the network and the page with. */
const forMeasuring = [
  { debianPackage: 'chromium', programs: ['/usr/bin/chromium'] },
  // Without any font Chromium draws no text, and everything that is found by its text is not found.
  { debianPackage: 'fonts-dejavu-core', programs: [], present: hasFont },
  { debianPackage: 'iputils-ping', programs: ['ping'] },
  { debianPackage: 'nftables', programs: ['nft'] },
  // The way out of internet nodes, passt(1).
  { debianPackage: 'passt', programs: ['pasta'] },
  // A real transfer shows a rate, and is the measure of the bench.
  { debianPackage: 'iperf3', programs: ['iperf3'] },
];
const forTests = [
  { debianPackage: 'iptables', programs: ['iptables', 'ip6tables'] },
  // What a person types in a terminal is typed in tests of terminals.
  { debianPackage: 'tcpdump', programs: ['tcpdump'] },
  { debianPackage: 'git', programs: ['git'] },
  // The second kernel, which Debian has for x86 only; elsewhere its tests fail and say so, and the others run.
  ...(process.arch === 'x64'
    ? [
        { debianPackage: 'user-mode-linux', programs: ['linux.uml'] },
        { debianPackage: 'kmod', programs: ['depmod', 'modprobe'] },
      ]
    : []),
];
/** Mininet, which the bench measures beside when it is there, brings much: whoever wants that figure installs it. */
const neededFor = {
  start: forLabs,
  bench: [...forLabs, ...forMeasuring],
  test: [...forLabs, ...forMeasuring, ...forTests],
};

/** The Debian packages that are missing for `mode`. @param {'start' | 'test' | 'bench'} mode @returns {string[]} */
export function missingPackages(mode) {
  return neededFor[mode]
    .filter(({ programs, present }) => !programs.every(isProgram) || (present !== undefined && !present()))
    .map(({ debianPackage }) => debianPackage);
}

/** Installs them as root; says how otherwise. @param {string} mode */
export function ensureTools(mode) {
  const missing = missingPackages(mode);
  if (missing.length === 0) return;
  const list = missing.join(' ');
  if (!isProgram('apt-get')) {
    throw new SetUpError(
      `missing on this system: ${list} (names of the Debian packages) · PATH · install them with your package manager`,
    );
  }
  if (process.getuid?.() !== 0) {
    throw new SetUpError(
      `missing on this system: ${list} · PATH · install with:\n\n  sudo apt-get install -y --no-install-recommends ${list}\n`,
    );
  }
  process.stdout.write(`Installing Debian packages: ${list}\n`);
  apt('update');
  apt('install', '-y', '--no-install-recommends', ...missing);
  const still = missingPackages(mode);
  if (still.length > 0)
    throw new SetUpError(`still missing after apt-get install: ${still.join(' ')} · PATH · see the messages above`);
}

function apt(...args) {
  const run = spawnSync('apt-get', args, {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  if (run.status !== 0)
    throw new SetUpError(`apt-get ${args[0]} failed · see its message above · mend that and try again`);
}

function isProgram(name) {
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...systemFolders];
  return (name.startsWith('/') ? [name] : folders.map((folder) => join(folder, name))).some((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

function hasFont() {
  const folders = ['/usr/share/fonts', '/usr/local/share/fonts', join(process.env.HOME ?? '/', '.fonts')];
  return folders.some((folder) => {
    try {
      return readdirSync(folder, { recursive: true }).some((name) => /\.(ttf|otf|pfb|woff2?)$/i.test(String(name)));
    } catch {
      return false;
    }
  });
}
