import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseLabFile } from '@vethlab/topology';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildVethlab, openToOthers, repository, vethlab } from '../testing/vethlab.js';

const folder = mkdtempSync(join(tmpdir(), 'vethlab-import-'));

beforeAll(() => {
  buildVethlab();
  // An ordinary user reads scripts here too.
  chmodSync(folder, 0o755);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function script(...lines: readonly string[]): string {
  const file = join(folder, 'script.sh');
  writeFileSync(file, `${lines.join('\n')}\n`, { mode: 0o644 });
  return file;
}

describe('vethlab import', () => {
  it('gives back the lab that was exported', () => {
    const lab = join(repository, 'labs/two-hosts.lab.yaml');
    const exported = vethlab(['export', lab, '--format', 'sh']).stdout;
    const output = join(folder, 'imported.lab.yaml');
    const imported = vethlab(['import', script(exported), '--output', output, '--name', 'Again']);
    expect(imported).toMatchObject({ status: 0, stdout: '', stderr: '' });
    const { topology } = parseLabFile(readFileSync(output, 'utf8'));
    expect(topology?.name).toBe('Again');
    expect(topology?.nodes).toEqual(parseLabFile(readFileSync(lab, 'utf8')).topology?.nodes);
  });

  it('tells the line that failed and what no lab can hold, and prints the rest as a lab file', () => {
    const file = script('ip netns add a', 'ip -n a link set nowhere up', 'ip -n a link add br7 type bridge');
    const { status, stdout, stderr } = vethlab(['import', file]);
    expect(status).toBe(1);
    expect(stderr).toContain(`error: ${file}:2 · Cannot find device "nowhere"`);
    expect(stderr).toContain('left out: a:br7 · the bridge br7.');
    expect(Object.keys(parseLabFile(stdout).topology?.nodes ?? {})).toEqual(['a']);
  });

  it('prints everything for machines with --json', () => {
    const { stdout } = vethlab(['import', script('ip netns add a', 'false'), '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ vethlab: 1, failures: [{ line: 2, command: 'false', exitCode: 1 }] });
  });

  it('says what is wrong with a script that is not there', () => {
    const { status, stderr } = vethlab(['import', join(folder, 'none.sh')]);
    expect(status).toBe(1);
    expect(stderr).toMatch(/^error: the script cannot be read · .*none\.sh · /);
  });

  it.skipIf(!openToOthers)('works for an ordinary user', () => {
    const imported = vethlab(['import', script('ip netns add a', 'touch /tmp/mine')], { ordinaryUser: true });
    expect(imported).toMatchObject({ status: 0, stderr: '' });
  });
});
