import { expect, test } from 'vitest';
import { searchPath } from '../machine/tools.js';
import { describeExit } from './agent-exit.js';
import { isAgentMessage } from './agent-message.js';
import { agentEnvironment } from './environment.js';
import { hardLimit } from './limits.js';

test.each([
  [{ type: 'ready' }, true],
  [{ type: 'fatal', more: 1 }, true],
  [{ type: 'constructor' }, false],
  [{ type: '__proto__' }, false],
  [{ type: 7 }, false],
  [{}, false],
  [null, false],
  ['ready', false],
])('%j is a message of an agent: %s', (message, expected) => {
  expect(isAgentMessage(message)).toBe(expected);
});

test('the environment of an agent is an allowlist', () => {
  const ours = { HOME: '/home/ada', PATH: '/opt/bin:relative', TOKEN: 'x', NODE_OPTIONS: '--inspect', LANG: 'C' };
  expect(agentEnvironment(ours, { MORE: '1' }, false)).toEqual({
    HOME: '/home/ada',
    LANG: 'C',
    MORE: '1',
    PATH: searchPath('/opt/bin'),
    UV_THREADPOOL_SIZE: '8',
    MALLOC_ARENA_MAX: '1',
  });
  expect(agentEnvironment(ours, {}, true).HOME).toBe('/');
});

test('the search path ends with the system folders and holds nothing twice or relative', () => {
  const path = searchPath('/usr/bin:./here::/a').split(':');
  expect(path.slice(0, 2)).toEqual(['/usr/bin', '/a']);
  expect(path).toContain('/usr/sbin');
  expect(new Set(path).size).toBe(path.length);
});

test.each([
  ['Max open files            1024                 524288               files', 524_288],
  ['Max open files            1024                 unlimited            files', Number.POSITIVE_INFINITY],
  ['nothing', Number.POSITIVE_INFINITY],
])('the hard limit in "%s" is %d', (text, expected) => {
  expect(hardLimit(`Limit\n${text}\n`, 'Max open files')).toBe(expected);
});

const quiet = { signal: null, killedByUs: false, fatal: null, lastWords: '' };

test.each([
  [{ ...quiet, code: 3 }, 'ended by itself with exit code 3.'],
  [{ ...quiet, code: 139 }, 'was ended by SIGSEGV.'],
  [{ ...quiet, code: 129 }, 'was ended by signal 1.'],
  [{ ...quiet, code: null, signal: 'SIGKILL' as const }, 'was ended by SIGKILL.'],
  [{ ...quiet, code: 1, lastWords: 'oh' }, 'exit code 1. Its last words: oh'],
  [{ ...quiet, code: null, killedByUs: true }, 'sandbox was ended.'],
])('the end of an agent is put into words: %j', (end, words) => {
  expect(describeExit(end).reason).toContain(words);
});
