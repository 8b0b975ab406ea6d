import { expect, it } from 'vitest';
import { maximumFileBytes, maximumNodes } from '../model/limits.js';
import { decodeLabFile } from './decode-lab-file.js';
import { parseLabFile } from './parse-lab-file.js';
import { serializeLabFile } from './serialize-lab-file.js';

/** A node has at most 4,096 interfaces. */
const routers = ['r1', 'r2'];

/** As many nodes as there may be: hosts with a cable, addresses of both families, routes and a place each. */
function largestFile(): string {
  const hosts = Array.from({ length: maximumNodes - routers.length }, (_, index) => ({
    name: `h${index + 1}`,
    router: `r${(index % routers.length) + 1}`,
    v4: `10.${Math.floor(index / 250)}.${index % 250}`,
    v6: `2001:db8:${(index + 1).toString(16)}:`,
    place: `{ x: ${(index % 70) * 160}, y: ${Math.floor(index / 70) * 160} }`,
  }));
  return [
    'vethlab: 1',
    'name: Largest',
    'nodes:',
    ...routers.flatMap((mine) => [
      `  ${mine}:`,
      '    kind: router',
      '    interfaces:',
      ...hosts
        .filter(({ router }) => router === mine)
        .map(({ name, v4, v6 }) => `      ${name}: { addresses: [${v4}.1/30, "${v6}:1/64"] }`),
    ]),
    ...hosts.flatMap(({ name, v4, v6 }) => [
      `  ${name}:`,
      '    kind: host',
      `    interfaces: { eth0: { addresses: [${v4}.2/30, "${v6}:2/64"] } }`,
      `    routes: [{ to: default, via: ${v4}.1 }, { to: default, via: "${v6}:1" }]`,
    ]),
    'links:',
    ...hosts.map(({ name, router }) => `  - endpoints: ["${router}:${name}", "${name}:eth0"]`),
    'canvas:',
    '  nodes:',
    ...hosts.map(({ name, place }) => `    ${name}: ${place}`),
    '',
  ].join('\n');
}

it('the largest lab fits into its file and is read', { timeout: 120_000 }, () => {
  const text = largestFile();
  expect(decodeLabFile(Buffer.from(text)).ok).toBe(true);
  const { topology, diagnostics } = parseLabFile(text);
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  if (topology === null) throw new Error('It was refused.');
  expect(Object.keys(topology.nodes)).toHaveLength(maximumNodes);
  // Written anew, in our own style, it fits as well.
  expect(Buffer.byteLength(serializeLabFile(topology))).toBeLessThan(maximumFileBytes);
});
