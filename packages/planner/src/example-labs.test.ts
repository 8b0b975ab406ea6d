import { readdirSync, readFileSync } from 'node:fs';
import { emptyObserved } from '@vethlab/observed';
import { parseLabFile } from '@vethlab/topology';
import { describe, expect, it } from 'vitest';
import { planLab } from './plan-lab.js';
import { carryOut } from './testing/carry-out.js';

const LABS = new URL('../../../labs/', import.meta.url);

/** Room for a node with its name under it, in pixels of the canvas. */
const NODE = { width: 160, height: 100 };

describe.each(readdirSync(LABS).filter((file) => file.endsWith('.lab.yaml')))('labs/%s', (file) => {
  const text = readFileSync(new URL(file, LABS), 'utf8');
  const { topology, diagnostics } = parseLabFile(text);

  it('is valid without a warning, says in its first line what it shows, and has probes', () => {
    expect(diagnostics).toEqual([]);
    expect(text).toMatch(/^# [A-Z].{20,100}\.\n/);
    expect(topology?.probes.length).toBeGreaterThan(0);
  });

  it('is drawn with every node in a place of its own', () => {
    const places = Object.entries(topology?.canvas.nodes ?? {});
    expect(places.map(([name]) => name).sort()).toEqual(Object.keys(topology?.nodes ?? {}).sort());
    for (const [name, place] of places) {
      const near = places.filter(
        ([other, { x, y }]) =>
          other !== name && Math.abs(x - place.x) < NODE.width && Math.abs(y - place.y) < NODE.height,
      );
      expect(near).toEqual([]);
    }
  });

  it('is made in one plan; the second plan is empty', () => {
    if (topology === null) throw new Error('the lab is not valid');
    const input = { topology, previous: null, observed: emptyObserved, unmanaged: 'keep' } as const;
    const { observed, failures } = carryOut(planLab(input), emptyObserved);
    expect(failures).toEqual([]);
    expect(planLab({ ...input, previous: topology, observed, unmanaged: 'remove' }).steps).toEqual([]);
  });
});
