import { describe, expect, it } from 'vitest';
import { fromFileError, NetlinkError } from './netlink-error.js';

describe('an error of the kernel', () => {
  it('has the name of its number, and says what the kernel said', () => {
    const error = new NetlinkError({ errno: 17, syscall: 'RTM_NEWADDR', kernelMessage: 'address already assigned' });
    expect(error).toMatchObject({ code: 'EEXIST', errno: 17, kernelMessage: 'address already assigned' });
    expect(error.message).toBe('RTM_NEWADDR: EEXIST: address already assigned');
    expect(new NetlinkError({ errno: 95, syscall: 'x' }).code).toBe('EOPNOTSUPP');
    expect(new NetlinkError({ errno: 11, syscall: 'x' }).code).toBe('EAGAIN');
    expect(new NetlinkError({ errno: 524, syscall: 'x' }).code).toBe('ENOTSUPP');
    expect(new NetlinkError({ errno: 4095, syscall: 'x' }).code).toBe('E4095');
  });

  it('keeps the file error it came from, and leaves other errors as they are', () => {
    const cause = Object.assign(new Error('nope'), { errno: -2, syscall: 'open' });
    expect(fromFileError(cause, '/x')).toMatchObject({ code: 'ENOENT', syscall: 'open', cause });
    const bug = new TypeError('a bug');
    expect(fromFileError(bug, '/x')).toBe(bug);
    expect(fromFileError('text', '/x')).toBe('text');
  });
});
