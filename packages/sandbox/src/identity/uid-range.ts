/** Uids from `first` to `first + count - 1`. */
export interface UidRange {
  readonly first: number;
  readonly count: number;
}

/**
 * The uids of sandboxes on an ordinary machine: 2046820352 (0x7A000000) and the 65,535 after it. Above everything that is given out:
 * people and services (below 65536), subordinate ids (usually 100000 to 600100000), systemd-nspawn (524288 to 1879048191); and below the
 * foreign range of systemd (from 2147352576) and the sign bit. Source: systemd's UIDS-GIDS page.
 */
export const sandboxUids: UidRange = { first: 0x7a00_0000, count: 65_536 };

/** For containers that map only 16-bit ids: what the same page leaves unused below the dynamic users of systemd. */
export const containerUids: UidRange = { first: 60_706, count: 478 };

/** One line of /proc/PID/uid_map: ids here from `first` on, `count` of them, exist outside; user_namespaces(7). */
export type IdMap = readonly UidRange[];

export function parseIdMap(text: string): IdMap {
  return text
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .flatMap(([first, , count]) => (first === undefined || count === undefined ? [] : [{ first, count }]));
}

/** The range that both maps know whole; null when there is none and root cannot drop to anybody. */
export function chooseUidRange(uids: IdMap, gids: IdMap): UidRange | null {
  return [sandboxUids, containerUids].find((range) => covers(uids, range) && covers(gids, range)) ?? null;
}

function covers(map: IdMap, range: UidRange): boolean {
  return map.some((part) => part.first <= range.first && part.first + part.count >= range.first + range.count);
}
