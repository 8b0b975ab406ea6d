import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const program = fileURLToPath(new URL('testing/every-fault.mjs', import.meta.url));
const sandbox = ['--user', '--map-root-user', '--net', '--mount', '--pid', '--ipc', '--uts', '--fork', '--kill-child'];

interface Outcome {
  readonly k: number;
  readonly failures: readonly { id: string; errno: string; message: string; commands: string[] }[];
  readonly differences: number;
  readonly mended: { readonly failures: number; readonly differences: readonly string[] };
  readonly second: readonly string[];
}

describe('an error forced at the k-th kernel operation, for every k', () => {
  it.each(['router', 'switch', 'dual-stack', 'port-forward'])(
    'of the lab %s is reported, and the next plan repairs it',
    (name) => {
      const lab = fileURLToPath(new URL(`../../../labs/${name}.lab.yaml`, import.meta.url));
      const { status, stdout, stderr } = spawnSync(
        'unshare',
        [...sandbox, '--mount-proc', process.execPath, program, lab],
        {
          encoding: 'utf8',
          timeout: 200_000,
        },
      );
      expect(stderr).toBe('');
      expect(status).toBe(0);
      const { total, results, left } = JSON.parse(stdout) as { total: number; results: Outcome[]; left: string[] };
      expect(total).toBeGreaterThan(10);
      expect(results.length).toBe(total);
      for (const { failures, mended, second } of results) {
        expect(failures).toHaveLength(1);
        expect(failures[0]).toMatchObject({ errno: 'EIO', message: 'Forced.' });
        expect(failures[0]?.commands.length).toBeGreaterThan(0);
        expect(mended).toEqual({ failures: 0, differences: [] });
        expect(second).toEqual([]);
      }
      expect(left).toEqual([]);
    },
  );
});
