import { expect, it } from 'vitest';
import { containerIn } from './container-of.js';

const id = '3f4e8c1d2b5a697887766554433221100ffeeddccbbaa99887766554433221ab';

it.each([
  [`0::/system.slice/docker-${id}.scope\n`],
  [`12:pids:/docker/${id}\n11:cpu:/docker/${id}\n`],
  [`0::/kubepods.slice/kubepods-besteffort.slice/cri-containerd-${id}.scope\n`],
  [`0::/machine.slice/libpod-${id}.scope/container\n`],
])('the container of a process is read from its control group: %s', (text) => {
  expect(containerIn(text)).toBe('3f4e8c1d2b5a');
});

it.each([['0::/user.slice/user-1000.slice/session-1.scope\n'], ['0::/\n'], ['']])('%j names none', (text) => {
  expect(containerIn(text)).toBeNull();
});
