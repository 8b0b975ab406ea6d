import { readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** A file larger than this is a picture or a list that no person wrote. */
const maxBytes = 1024 * 1024;

/** Pictures and fonts hold no text. */
const binary = /\.(png|jpe?g|gif|ico|woff2?|ttf|pcap(ng)?)$/;

/**
 * Finds paths that exist on one machine only: the folder of this clone, the home of whoever checks, and addresses of private registries in
 * package-lock.json. They tell where something was made, and break it elsewhere.
 * @param {string} folder @param {string[]} files @returns {{ file: string, line: number, what: string }[]}
 */
export function checkMachinePaths(folder, files) {
  // Short ones, such as / and /root, are in ordinary text too.
  const paths = [folder, homedir()].filter((path) => path.split('/').length > 2);
  const violations = [];
  for (const file of files) {
    const path = join(folder, file);
    if (binary.test(file) || !statSync(path).isFile() || statSync(path).size > maxBytes) continue;
    readFileSync(path, 'utf8')
      .split('\n')
      .forEach((text, index) => {
        const found = paths.find((candidate) => text.includes(candidate)) ?? foreignRegistry(file, text);
        if (found !== undefined)
          violations.push({ file, line: index + 1, what: `names a place on one machine: ${found}` });
      });
  }
  return violations;
}

function foreignRegistry(file, text) {
  if (!file.endsWith('package-lock.json')) return undefined;
  const [, address] = /"resolved": "(https?:\/\/[^/"]+)/.exec(text) ?? [];
  return address === undefined || address === 'https://registry.npmjs.org' ? undefined : address;
}
