import { describe, expect, it } from 'vitest';
import { addressLab } from '../addressing/address-lab.js';
import { applyEdit } from '../edits/apply-edit.js';
import { parseLabFile } from '../lab-file/parse-lab-file.js';
import { serializeLabFile } from '../lab-file/serialize-lab-file.js';
import type { Topology } from '../model/topology.js';
import { nodeOf } from '../model/topology-access.js';
import { validate } from './validate.js';

function labOf(text: string): Topology {
  const parsed = parseLabFile(text);
  if (parsed.topology === null) throw new Error(JSON.stringify(parsed.diagnostics));
  return parsed.topology;
}

const office = `vethlab: 1
name: Office
nodes:
  h1: { kind: host, interfaces: { eth0: {} } }
  r1: { kind: router, interfaces: { eth0: {}, eth1: {} } }
  out: { kind: internet, interfaces: { eth0: {} } }
links:
  - endpoints: ["h1:eth0", "r1:eth0"]
  - endpoints: ["r1:eth1", "out:eth0"]
`;

describe('a way out', () => {
  it('is where addressing a lab sends what is not in the lab', () => {
    const lab = labOf(office);
    const result = applyEdit(lab, addressLab(lab, [4]));
    if (!result.ok) throw new Error(JSON.stringify(result.diagnostics));
    const routesOf = (name: string) => nodeOf(result.topology, name)?.routes;
    expect(routesOf('h1')).toEqual([{ to: 'default', via: '10.0.0.254' }]);
    expect(routesOf('r1')).toEqual([{ to: 'default', via: '10.0.1.253' }]);
    expect(routesOf('out')).toEqual([{ to: '10.0.0.0/24', via: '10.0.1.254' }]);
  });

  it('gets a free subnet offered when the lab uses its own, and the offer mends it', () => {
    const lab = labOf(office.replace('eth0: {} } }\n  r1', 'eth0: { addresses: [198.18.0.9/25] } } }\n  r1'));
    const warning = validate(lab).find(({ code }) => code === 'outside.overlap');
    expect(warning).toMatchObject({ severity: 'warning', path: ['nodes', 'out', 'subnet'] });
    expect(warning?.detail).toContain('h1:eth0 is in 198.18.0.0/25');
    const mended = applyEdit(lab, warning?.fix?.edit ?? { type: 'set-lab-name', name: 'nothing' });
    if (!mended.ok) throw new Error(JSON.stringify(mended.diagnostics));
    expect(nodeOf(mended.topology, 'out')?.subnet).toBe('198.18.1.0/24');
    expect(validate(mended.topology).map(({ code }) => code)).not.toContain('outside.overlap');
  });

  it('keeps the name of its interface for itself', () => {
    const parsed = parseLabFile(
      office.replace(
        'out: { kind: internet, interfaces: { eth0: {} } }',
        'out: { kind: internet, interfaces: { uplink: {}, eth0: {} } }',
      ),
    );
    expect(parsed.diagnostics.map(({ code }) => code)).toContain('name.reserved');
  });
});

describe('what is published', () => {
  it('is told at the second node, with the first by name and a free port', () => {
    const lab = labOf(office);
    const first = applyEdit(lab, { type: 'set-publish', node: 'h1' as never, publish: [{ port: 80, at: 8080 }] });
    if (!first.ok) throw new Error('refused');
    const second = applyEdit(first.topology, {
      type: 'set-publish',
      node: 'r1' as never,
      publish: [{ port: 22, at: 8080 }],
    });
    expect(second).toMatchObject({
      ok: false,
      diagnostics: [
        {
          code: 'publish.taken',
          path: ['nodes', 'r1', 'publish', 0, 'at'],
          detail: 'Port 8080 of the machine is published by h1 already.',
          fix: { value: '8081' },
        },
      ],
    });
  });

  it('is in the file as a person writes it, and an empty list is none', () => {
    const lab = labOf(office);
    const published = applyEdit(lab, { type: 'set-publish', node: 'h1' as never, publish: [{ port: 80, at: 8080 }] });
    if (!published.ok) throw new Error('refused');
    const text = serializeLabFile(published.topology);
    expect(text).toContain('publish: [{ port: 80, at: 8080 }]');
    expect(labOf(text)).toEqual(published.topology);
    const none = applyEdit(published.topology, { type: 'set-publish', node: 'h1' as never, publish: [] });
    if (!none.ok) throw new Error('refused');
    expect(none.topology).toEqual(lab);
  });
});
