import { describe, expect, it } from 'vitest';
import { parseLabFile } from '../lab-file/parse-lab-file.js';
import { serializeLabFile } from '../lab-file/serialize-lab-file.js';
import type { Topology } from '../model/topology.js';
import { editSchema } from '../schemas/edit-schema.js';
import { switchLoopsOf } from '../validation/switch-loops.js';
import { validate } from '../validation/validate.js';
import { applyEdit } from './apply-edit.js';

const text = `vethlab: 1
name: Impaired
nodes:
  h1:
    kind: host
    interfaces:
      eth0: { addresses: [10.0.0.1/24], impairment: { delay: 20ms, jitter: 1.5ms, loss: 10%, rate: 10mbit } } # slow
  sw1: { kind: switch, stp: true, interfaces: { eth0: { vlan: { access: 10 } }, eth1: { vlan: { trunk: [20, 10], native: 1 } } } }
  sw2: { kind: switch, interfaces: { eth0: {}, eth1: {} } }
links:
  - endpoints: ["h1:eth0", "sw1:eth0"]
`;

function lab(source = text): Topology {
  const { topology, diagnostics } = parseLabFile(source);
  if (topology === null) throw new Error(JSON.stringify(diagnostics));
  return topology;
}

function after(topology: Topology, edit: unknown) {
  const result = applyEdit(topology, editSchema.parse(edit));
  if (!result.ok) throw new Error(JSON.stringify(result.diagnostics));
  return result;
}

describe('an impairment', () => {
  it('is read with units from the file and kept in units of its names', () => {
    expect(lab().nodes.h1?.interfaces.eth0?.impairment).toEqual({
      delayMs: 20,
      jitterMs: 1.5,
      lossPercent: 10,
      rateBitsPerSecond: 10_000_000,
    });
  });

  it('means nothing when it is empty, in a file and in an edit', () => {
    const empty = lab(text.replace(/impairment: \{.*?\}/, 'impairment: {}'));
    expect(empty.nodes.h1?.interfaces.eth0).toEqual({ addresses: ['10.0.0.1/24'], up: true });
    const { topology } = after(lab(), { type: 'set-impairment', node: 'h1', ifname: 'eth0', impairment: {} });
    expect(topology).toEqual(empty);
  });

  it('changes one line of the file and leaves its comment', () => {
    const impairment = { delayMs: 0.25, lossPercent: 0.1, rateBitsPerSecond: 1_500_000_000, limitPackets: 50 };
    const { topology, summary } = after(lab(), { type: 'set-impairment', node: 'h1', ifname: 'eth0', impairment });
    const written = serializeLabFile(topology, text).split('\n');
    const changed = written.filter((line, index) => line !== text.split('\n')[index]);
    expect(changed).toEqual([
      '      eth0: { addresses: [10.0.0.1/24], impairment: { delay: 250us, loss: 0.1%, rate: 1.5gbit, limit: 50 } } # slow',
    ]);
    expect(summary).toBe('Set what leaves h1:eth0 to 250us delay, 0.1% loss, 1.5gbit, a queue of 50.');
  });
});

describe('VLANs of a port', () => {
  it('are kept ascending, and cleared by null', () => {
    expect(lab().nodes.sw1?.interfaces.eth1?.vlan).toEqual({ trunk: [10, 20], native: 1 });
    const { topology } = after(lab(), { type: 'set-port-vlan', node: 'sw1', ifname: 'eth1', vlan: null });
    expect(topology.nodes.sw1?.interfaces.eth1).toEqual({ addresses: [], up: true });
  });
});

describe('spanning tree', () => {
  const loop = after(lab(), {
    type: 'batch',
    edits: [
      { type: 'connect', from: { node: 'sw1', ifname: 'eth1' }, to: { node: 'sw2', ifname: 'eth0' } },
      { type: 'connect', from: { node: 'sw1' }, to: { node: 'sw2', ifname: 'eth1' } },
    ],
  }).topology;

  it('in one switch of a loop opens the loop: no warning, no link that closes it', () => {
    expect(switchLoopsOf(loop)).toEqual([]);
    expect(validate(loop).filter(({ code }) => code === 'switch.loop')).toEqual([]);
  });

  it('switched off brings the warning, and on again takes it away', () => {
    const off = after(loop, { type: 'set-switch', node: 'sw1', stp: false });
    expect(off.warnings.map(({ code }) => code)).toEqual(['switch.loop']);
    expect(off.topology.nodes.sw1).not.toHaveProperty('stp');
    expect(switchLoopsOf(off.topology)).toHaveLength(1);
    const on = after(off.topology, { type: 'set-switch', node: 'sw2', stp: true });
    expect(switchLoopsOf(on.topology)).toEqual([]);
    expect(validate(on.topology).filter(({ code }) => code === 'switch.loop')).toEqual([]);
  });

  it('is written as one key, and off is not written', () => {
    expect(serializeLabFile(lab(text.replace('stp: true, ', 'stp: false, ')))).not.toContain('stp');
    expect(serializeLabFile(lab())).toContain('stp: true');
  });
});
