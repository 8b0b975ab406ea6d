/** A lab file: hosts `h1`, `h2` … around the switch `sw`, with 10.2.0.1/24, 10.2.0.2/24 … on `eth0`; at most 254. */
export function starFile(hosts: number): string {
  const numbers = Array.from({ length: hosts }, (_, index) => index + 1);
  return [
    'vethlab: 1',
    'name: Star',
    'nodes:',
    `  sw: { kind: switch, interfaces: { ${numbers.map((number) => `p${number}: {}`).join(', ')} } }`,
    ...numbers.map(
      (number) => `  h${number}: { kind: host, interfaces: { eth0: { addresses: [10.2.0.${number}/24] } } }`,
    ),
    'links:',
    ...numbers.map((number) => `  - endpoints: ["h${number}:eth0", "sw:p${number}"]`),
    '',
  ].join('\n');
}
