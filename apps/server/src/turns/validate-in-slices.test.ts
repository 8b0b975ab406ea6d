import { parseTopology, type Topology, validate } from '@vethlab/topology';
import { expect, it } from 'vitest';
import { turn } from './turn.js';
import { validateInSlices } from './validate-in-slices.js';

/** A star around one router, with two odd things in it: an interface without a link, and one address twice. */
function star(hosts: number): Topology {
  const indexes = Array.from({ length: hosts }, (_, index) => index);
  const subnet = (index: number) => `10.${index >> 8}.${index & 255}`;
  const parsed = parseTopology({
    vethlab: 1,
    name: 'Star',
    nodes: Object.fromEntries([
      ...indexes.map((index) => {
        const interfaces = { eth0: { addresses: [`${subnet(index)}.1/24`], up: true } };
        return [`h${index}`, { kind: 'host', interfaces, routes: [{ to: 'default', via: `${subnet(index)}.2` }] }];
      }),
      [
        'r',
        {
          kind: 'router',
          interfaces: {
            ...Object.fromEntries(
              indexes.map((index) => [`e${index}`, { addresses: [`${subnet(index)}.2/24`], up: true }]),
            ),
            spare: { addresses: ['10.0.0.1/24'], up: true },
          },
          routes: [],
        },
      ],
    ]),
    links: indexes.map((index) => ({ endpoints: [`h${index}:eth0`, `r:e${index}`], up: true })),
    probes: [],
    canvas: { nodes: {} },
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.diagnostics[0]));
  return parsed.value;
}

it.each([1, 59, 60, 61, 1_000])('says of a star of %d hosts what looking at it in one go says', async (hosts) => {
  const topology = star(hosts);
  const inSlices = await validateInSlices(topology);
  expect(inSlices).toEqual(validate(structuredClone(topology)));
  expect(inSlices.map(({ code }) => code)).toContain('address.duplicate');
  // The document keeps what was found: the next edit does not look at everything again.
  expect(validate(topology)).toBe(inSlices);
});

it('lets others work between the parts', async () => {
  let turns = 0;
  let running = true;
  const others = async () => {
    while (running) {
      await turn();
      turns += 1;
    }
  };
  const working = others();
  await validateInSlices(star(1_000));
  running = false;
  await working;
  expect(turns).toBeGreaterThan(40);
});
