import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { printableName, shellFor } from './shell.js';

const files = { home: '/h', bashrc: '/h/.bashrc', shrc: '/s', names: '/n' };
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vethlab-shell-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function program(name: string): void {
  writeFileSync(join(folder, name), '');
  chmodSync(join(folder, name), 0o755);
}

describe('the shell of a terminal', () => {
  it('is bash, that reads no profile of the machine', () => {
    program('bash');
    program('sh');
    const shell = shellFor(files, 'ns1', '/n/1', { PATH: folder });
    expect(shell).toMatchObject({ file: join(folder, 'bash'), args: ['--noprofile', '--norc', '-i'] });
    expect(shell.env).toMatchObject({ PROMPT_COMMAND: '. "/h/.bashrc"', SHELL: shell.file, VETHLAB_NODE: 'ns1' });
  });

  it('is sh where there is no bash', () => {
    program('sh');
    const shell = shellFor(files, 'ns1', '/n/1', { PATH: `relative:${folder}` });
    expect(shell).toMatchObject({ file: join(folder, 'sh'), args: ['-i'] });
    expect(shell.env.ENV).toBe('/s');
    expect(shell.env.PROMPT_COMMAND).toBeUndefined();
  });

  it('is not what cannot be run', () => {
    writeFileSync(join(folder, 'bash'), '', { mode: 0o600 });
    program('sh');
    expect(shellFor(files, 'ns1', '/n/1', { PATH: folder }).file).toBe(join(folder, 'sh'));
  });

  it('gets what a shell needs, and nothing else of ours', () => {
    const ours = {
      PATH: folder,
      TZ: 'UTC',
      LANG: 'de_DE.UTF-8',
      VETHLAB_TOKEN: 'x',
      NODE_OPTIONS: '--inspect',
      HOME: '/root',
    };
    expect(Object.keys(shellFor(files, 'ns1', '/n/1', ours).env).sort()).toEqual([
      'COLORTERM',
      'ENV',
      'HOME',
      'LANG',
      'LOGNAME',
      'PATH',
      'SHELL',
      'TERM',
      'TZ',
      'USER',
      'VETHLAB_NODE',
      'VETHLAB_NODEJS',
      'VETHLAB_TERMINAL',
    ]);
  });

  it('shows no name that could draw or move something', () => {
    expect(printableName('ns1')).toBe('ns1');
    expect(printableName(null)).toBe('root');
    expect(printableName('a\u001b[31m\nb\u202e')).toBe('a?[31m?b?');
  });
});
