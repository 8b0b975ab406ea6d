import { describe, expect, it } from 'vitest';
import { groupFolderOf, pidsTreeOf } from './pids-tree.js';

const none = () => '';
const v1 = '37 32 0:34 / /sys/fs/cgroup/pids rw,relatime shared:9 - cgroup cgroup rw,pids';
const v2 = '30 24 0:26 / /sys/fs/cgroup rw,nosuid shared:9 - cgroup2 cgroup2 rw,nsdelegate,memory_recursiveprot';
const tree1 = { folder: '/sys/fs/cgroup/pids', root: '/', version: 1 } as const;
const tree2 = { folder: '/sys/fs/cgroup', root: '/', version: 2 } as const;

describe('the tree of groups', () => {
  it('is that of version 1, where the machine has one', () => {
    const mounts = ['22 1 8:1 / / rw - ext4 /dev/sda1 rw', v1, v2].join('\n');
    expect(pidsTreeOf(mounts, none)).toEqual(tree1);
  });

  it('is that of version 2, where it counts processes', () => {
    expect(pidsTreeOf(v2, () => 'cpuset cpu io memory pids\n')).toEqual(tree2);
    expect(pidsTreeOf(v2, () => 'cpu memory\n')).toBeNull();
  });

  it('is what was mounted last, and may have odd letters in its name', () => {
    const above = '90 37 0:34 /some /sys/fs/cgroup/my\\040pids rw - cgroup cgroup rw,pids';
    const expected = { folder: '/sys/fs/cgroup/my pids', root: '/some', version: 1 };
    expect(pidsTreeOf([v1, above].join('\n'), none)).toEqual(expected);
  });

  it('is none on a machine without', () => {
    expect(pidsTreeOf('22 1 8:1 / / rw - ext4 /dev/sda1 rw\n', none)).toBeNull();
  });
});

describe('the group of a process', () => {
  const cgroups = '8:pids:/user.slice/a:b\n7:blkio:/\n0::/system.slice/vethlab.service\n';

  it('is below the folder of its tree', () => {
    expect(groupFolderOf(cgroups, tree1)).toBe('/sys/fs/cgroup/pids/user.slice/a:b');
    expect(groupFolderOf(cgroups, tree2)).toBe('/sys/fs/cgroup/system.slice/vethlab.service');
    expect(groupFolderOf('8:pids:/\n', tree1)).toBe('/sys/fs/cgroup/pids');
  });

  it('is seen from where the tree is shown from', () => {
    expect(groupFolderOf(cgroups, { ...tree1, root: '/user.slice' })).toBe('/sys/fs/cgroup/pids/a:b');
    expect(groupFolderOf(cgroups, { ...tree1, root: '/other' })).toBe('/sys/fs/cgroup/pids');
  });
});
