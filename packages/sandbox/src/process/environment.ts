import { searchPath } from '../machine/tools.js';

/** What an agent may know of our environment: how to find programs, where home is, how the person's terminal and language work, what a lab may take. */
const passedOn = ['HOME', 'TERM', 'COLORTERM', 'LANG', 'LC_ALL', 'LC_CTYPE', 'TZ', 'NO_COLOR', 'VETHLAB_LAB_MEMORY_MB'];

/**
 * libuv's pool carries out blocking netlink calls, and everything else asynchronous: four threads (the default) would let four slow
 * namespaces hold up file reads.
 */
const threadPoolSize = '8';

/** glibc keeps a heap per thread otherwise, and with them 8 MB that nobody uses; mallopt(3). */
const mallocArenas = '1';

/**
 * The environment of an agent: an allowlist, so that tokens and NODE_OPTIONS of the server never reach a sandbox.
 * @param ours The environment to take from.
 * @param more What the caller adds on purpose.
 * @param otherUser Whether the agent runs under another uid, who cannot read our home.
 */
export function agentEnvironment(
  ours: NodeJS.ProcessEnv,
  more: Readonly<Record<string, string>>,
  otherUser: boolean,
): Record<string, string> {
  const kept = passedOn.flatMap((name) => {
    const value = ours[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    ...Object.fromEntries(kept),
    ...(otherUser ? { HOME: '/' } : {}),
    PATH: searchPath(ours.PATH),
    UV_THREADPOOL_SIZE: threadPoolSize,
    MALLOC_ARENA_MAX: mallocArenas,
    ...more,
  };
}
