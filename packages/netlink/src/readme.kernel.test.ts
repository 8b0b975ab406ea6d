import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { inSandbox } from './testing/sandbox.js';

describe('the README', () => {
  it('shows an example of ten lines and one that goes on from there, and they run', async () => {
    const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
    const [first = '', second = ''] = [...readme.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code]) => code);
    expect(first.split('\n').filter((line) => line !== '').length).toBeLessThanOrEqual(10);
    const example = `${first}${second}`;
    const program = example.replaceAll('@vethlab/netlink', new URL('../dist/index.js', import.meta.url).href);
    expect(program).not.toBe(example);
    const printed = await inSandbox(
      ({ run, input }) => {
        process.getBuiltinModule('node:fs').writeFileSync('/run/example.mjs', input);
        return run('timeout', '10', process.execPath, '/run/example.mjs');
      },
      { input: program },
    );
    const [operstate, reply] = printed.split('\n');
    expect(operstate).toBe('up');
    expect(reply).toMatch(/^reply 10\.0\.0\.2 \d+\.\d+$/);
  });

  it('names everything that is there, and nothing that is not', async () => {
    const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
    const table = readme.slice(readme.indexOf('## What there is'), readme.indexOf('## How it behaves'));
    const named = [...table.matchAll(/`([A-Za-z.]+)`/g)].map(([, name = '']) => name);
    const exported = await inSandbox(({ netlink }) => Object.keys(netlink));
    const methods = [
      'links',
      'addresses',
      'routes',
      'neighbours',
      'netconf',
      'nsids',
      'counters',
      'socket.batch',
      'socket.batchSync',
    ];
    const inner = ['NetlinkError', 'prepareNamespaceDirectory', 'openNamespacePath', 'DEFAULT_GROUPS'];
    expect(new Set(named)).toEqual(new Set([...exported.filter((name) => !inner.includes(name)), ...methods]));
  });
});
