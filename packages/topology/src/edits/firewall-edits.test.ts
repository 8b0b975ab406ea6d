import { describe, expect, it } from 'vitest';
import { parseLabFile } from '../lab-file/parse-lab-file.js';
import { serializeLabFile } from '../lab-file/serialize-lab-file.js';
import type { Topology } from '../model/topology.js';
import { editSchema } from '../schemas/edit-schema.js';
import { applyEdit } from './apply-edit.js';

const file = `vethlab: 1
name: Firewall
nodes:
  r1:
    kind: router
    interfaces:
      eth0: { addresses: [10.0.0.1/24] }
      eth1: { addresses: [10.1.0.1/24] }
    nat:
      masquerade:
        - { out: eth0, from: 10.1.0.0/24 }
      source:
        - { out: eth0, to: 203.0.113.5 }
      forwards:
        - { in: eth0, protocol: tcp, port: 8080, to: 10.1.0.2, toPort: 80 }
    firewall:
      input:
        policy: drop
        rules:
          - { in: lo, action: accept }
      forward:
        policy: drop
        rules:
          - { state: [established, related], action: accept } # replies
          - { in: eth1, out: eth0, from: 10.1.0.0/24, protocol: tcp, port: 80, action: accept }
          - { family: ipv6, action: reject }
`;

const start = parseLabFile(file).topology as Topology;

function after(...edits: readonly unknown[]) {
  const result = applyEdit(start, { type: 'batch', edits: edits.map((edit) => editSchema.parse(edit)) });
  if (!result.ok) throw new Error(JSON.stringify(result.diagnostics));
  return result;
}

describe('firewall and NAT of a node', () => {
  it('are read from a file and written as they were, also into a new one', () => {
    expect(start.nodes.r1?.firewall?.output).toEqual({ policy: 'accept', rules: [] });
    expect(serializeLabFile(start)).toBe(file.replace(' # replies', ''));
    expect(serializeLabFile(start, file)).toBe(file);
  });

  it('are put and taken as a whole, with what is left out as it is without', () => {
    const set = after({ type: 'set-firewall', node: 'r1', firewall: { output: { rules: [{ action: 'drop' }] } } });
    expect(set.topology.nodes.r1?.firewall).toEqual({
      input: { policy: 'accept', rules: [] },
      forward: { policy: 'accept', rules: [] },
      output: { policy: 'accept', rules: [{ action: 'drop' }] },
    });
    expect(set.summary).toBe('Set the firewall of r1 to 1 rule.');
    const gone = after(
      { type: 'set-firewall', node: 'r1', firewall: null },
      { type: 'set-nat', node: 'r1', nat: null },
    );
    expect(gone.topology.nodes.r1).not.toHaveProperty('firewall');
    expect(gone.topology.nodes.r1).not.toHaveProperty('nat');
  });

  it('follow an interface to its new name, in the document and in the file with its comments', () => {
    const renamed = after({ type: 'rename-interface', node: 'r1', ifname: 'eth0', to: 'wan' });
    const node = renamed.topology.nodes.r1;
    expect(node?.nat?.masquerade).toEqual([{ out: 'wan', from: '10.1.0.0/24' }]);
    expect(node?.firewall?.forward.rules[1]).toMatchObject({ in: 'eth1', out: 'wan' });
    expect(serializeLabFile(renamed.topology, file, renamed.diff.renames)).toBe(file.replaceAll('eth0', 'wan'));
  });

  it('lose the rules of an interface that goes, and the edit says so', () => {
    const result = applyEdit(start, editSchema.parse({ type: 'remove-interface', node: 'r1', ifname: 'eth0' }));
    if (!result.ok) throw new Error('refused');
    expect(result.summary).toBe('Removed r1:eth0, 4 rules.');
    expect(result.topology.nodes.r1?.nat).toEqual({ masquerade: [], source: [], forwards: [] });
    expect(result.topology.nodes.r1?.firewall?.forward.rules).toHaveLength(2);
  });

  it('keep comments of other rules when one changes', () => {
    const rules = [...(start.nodes.r1?.firewall?.forward.rules ?? [])];
    rules.splice(1, 1, { ...rules[1], port: 443, action: 'accept' });
    const firewall = { ...start.nodes.r1?.firewall, forward: { policy: 'drop', rules } };
    const changed = after({ type: 'set-firewall', node: 'r1', firewall });
    expect(serializeLabFile(changed.topology, file)).toBe(file.replace('port: 80,', 'port: 443,'));
  });

  it('say states in one order, once', () => {
    const set = after({
      type: 'set-firewall',
      node: 'r1',
      firewall: { input: { rules: [{ state: ['related', 'established', 'related'], action: 'accept' }] } },
    });
    expect(set.topology.nodes.r1?.firewall?.input.rules[0]?.state).toEqual(['established', 'related']);
  });
});
