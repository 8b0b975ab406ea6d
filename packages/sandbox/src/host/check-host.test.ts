import { expect, it } from 'vitest';
import { hostProblem } from './check-host.js';

it('the host runtime is for root on Linux, and says what to do otherwise', () => {
  expect(hostProblem('linux', 0)).toBeNull();
  expect(hostProblem('linux', 1000)).toMatchObject({
    reason: expect.stringContaining('needs root'),
    remedy: expect.stringContaining('sudo'),
  });
  expect(hostProblem('darwin', 0)?.remedy).toContain('Linux');
});
