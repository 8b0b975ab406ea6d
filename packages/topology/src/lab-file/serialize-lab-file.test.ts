import { describe, expect, it } from 'vitest';
import { applyEdit } from '../edits/apply-edit.js';
import { parseEdit } from '../schemas/parse-edit.js';
import { parseLabFile } from './parse-lab-file.js';
import { serializeLabFile } from './serialize-lab-file.js';

const file = `vethlab: 1                                  # format version
name: Two subnets and a router
nodes:
  # the left one
  ns1:
    kind: host                              # host | router | switch
    interfaces:
      veth-ns1: { addresses: [192.168.1.1/24] }   # left
    routes:
      - { to: default, via: 192.168.1.254 }
  ns-router:
    kind: router
    interfaces:
      veth-router1: {addresses:   ['192.168.1.254/24']}
      veth-router2:
        addresses:
          - 192.168.2.254/24   # odd, but legal
        up:   true
links:
- endpoints: ["ns1:veth-ns1", "ns-router:veth-router1"]
probes:
  - { from: ns1, to: 192.168.2.254, interval: 1000ms }
canvas:                                     # optional
  nodes: { ns1: { x: 0, y: 0 } }
`;

/** Lines that an edit takes from the file (−) and puts into it (+). */
function changes(edit: object, text = file): readonly string[] {
  const { topology } = parseLabFile(text);
  if (topology === null) throw new Error('the file of the test is not valid');
  const parsed = parseEdit(edit);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.diagnostics));
  const result = applyEdit(topology, parsed.value);
  if (!result.ok) throw new Error(JSON.stringify(result.diagnostics));
  const saved = serializeLabFile(result.topology, text);
  expect(parseLabFile(saved).topology).toEqual(result.topology);
  const before = text.split('\n');
  const after = saved.split('\n');
  const gone = before.filter((line) => !after.includes(line)).map((line) => `-${line}`);
  const fresh = after.filter((line) => !before.includes(line)).map((line) => `+${line}`);
  return [...gone, ...fresh];
}

describe('saving a lab file after an edit', () => {
  it('changes nothing when nothing changed', () => {
    for (const text of [file, file.replaceAll('\n', '\r\n'), `\ufeff${file}`, file.trimEnd()]) {
      const { topology } = parseLabFile(text);
      if (topology === null) throw new Error('refused');
      expect(serializeLabFile(topology, text)).toBe(text);
    }
  });

  it('renames a node in its key, its links and its probes, and keeps its comments', () => {
    expect(changes({ type: 'rename-node', node: 'ns1', to: 'left' })).toEqual([
      '-  ns1:',
      '-- endpoints: ["ns1:veth-ns1", "ns-router:veth-router1"]',
      '-  - { from: ns1, to: 192.168.2.254, interval: 1000ms }',
      '-  nodes: { ns1: { x: 0, y: 0 } }',
      '+  left:',
      '+- endpoints: ["left:veth-ns1", "ns-router:veth-router1"]',
      '+  - { from: left, to: 192.168.2.254, interval: 1000ms }',
      '+  nodes: { left: { x: 0, y: 0 } }',
    ]);
  });

  it('renames an interface', () => {
    expect(changes({ type: 'rename-interface', node: 'ns1', ifname: 'veth-ns1', to: 'eth0' })).toEqual([
      '-      veth-ns1: { addresses: [192.168.1.1/24] }   # left',
      '-- endpoints: ["ns1:veth-ns1", "ns-router:veth-router1"]',
      '+      eth0: { addresses: [192.168.1.1/24] }   # left',
      '+- endpoints: ["ns1:eth0", "ns-router:veth-router1"]',
    ]);
  });

  it('puts an address where the others stand, in flow and in block', () => {
    const edit = { type: 'set-addresses', node: 'ns-router', addresses: ['192.168.1.254/24', 'fd00::1/64'] };
    expect(changes({ ...edit, ifname: 'veth-router1' })).toEqual([
      "-      veth-router1: {addresses:   ['192.168.1.254/24']}",
      "+      veth-router1: {addresses:   ['192.168.1.254/24', fd00::1/64]}",
    ]);
    const other = { ...edit, ifname: 'veth-router2', addresses: ['192.168.2.254/24', '192.168.2.253/24'] };
    expect(changes(other)).toEqual(['+          - 192.168.2.253/24']);
  });

  it('takes a stated default into account', () => {
    expect(changes({ type: 'set-interface', node: 'ns-router', ifname: 'veth-router2', up: false })).toEqual([
      '-        up:   true',
      '+        up:   false',
    ]);
    expect(changes({ type: 'set-probe', probe: 'ns1>192.168.2.254', intervalMs: 500 })).toEqual([
      '-  - { from: ns1, to: 192.168.2.254, interval: 1000ms }',
      '+  - { from: ns1, to: 192.168.2.254, interval: 500ms }',
    ]);
  });

  it('adds a node after the last one, and its place on the canvas', () => {
    expect(changes({ type: 'add-node', kind: 'switch', label: 'Rack #1', position: { x: 10, y: -20 } })).toEqual([
      '-  nodes: { ns1: { x: 0, y: 0 } }',
      '+  sw1:',
      '+    kind: switch',
      '+    label: "Rack #1"',
      '+  nodes: { ns1: { x: 0, y: 0 }, sw1: { x: 10, y: -20 } }',
    ]);
  });

  it('adds a link in the manner of the list', () => {
    const from = { node: 'ns1', addresses: ['10.0.0.1/24'] };
    expect(changes({ type: 'connect', from, to: { node: 'ns-router' } })).toEqual([
      '+      eth0: { addresses: [10.0.0.1/24] }',
      '+      eth0: {}',
      '+- endpoints: ["ns1:eth0", "ns-router:eth0"]',
    ]);
  });

  it('leaves the comments of what is removed', () => {
    expect(changes({ type: 'remove-nodes', nodes: ['ns1'] })).toEqual([
      '-  ns1:',
      '-    kind: host                              # host | router | switch',
      '-      veth-ns1: { addresses: [192.168.1.1/24] }   # left',
      '-    routes:',
      '-      - { to: default, via: 192.168.1.254 }',
      '-links:',
      '-- endpoints: ["ns1:veth-ns1", "ns-router:veth-router1"]',
      '-probes:',
      '-  - { from: ns1, to: 192.168.2.254, interval: 1000ms }',
      '-canvas:                                     # optional',
      '-  nodes: { ns1: { x: 0, y: 0 } }',
      '+  # host | router | switch',
      '+  # left',
      '+# optional',
    ]);
  });

  it('takes entries out of an item, the one beside its dash and the next', () => {
    const rule = (entries: readonly string[]) =>
      `vethlab: 1\nname: x\nnodes:\n  r1:\n    kind: router\n    firewall:\n      input:\n        rules:\n          - ${entries.join('\n            ')}\n`;
    const text = rule(['protocol: udp # names', 'port: 53', 'to: 10.9.9.9', 'action: drop']);
    const input = (one: object) => ({
      type: 'set-firewall',
      node: 'r1',
      firewall: { input: { policy: 'accept', rules: [one] } },
    });
    expect(changes(input({ to: '10.9.9.9', action: 'drop' }), text)).toEqual([
      '-          - protocol: udp # names',
      '-            port: 53',
      '-            to: 10.9.9.9',
      '+            # names',
      '+          - to: 10.9.9.9',
    ]);
    expect(changes(input({ family: 'ipv4', action: 'drop' }), text)).toEqual([
      '-          - protocol: udp # names',
      '-            port: 53',
      '-            to: 10.9.9.9',
      '-            action: drop',
      '+            # names',
      '+          - action: drop',
      '+            family: ipv4',
    ]);
  });

  it('puts an empty list behind its key, where its dashes may have stood right below', () => {
    const port = 'vethlab: 1\nname: x\nnodes:\n  sw1:\n    kind: switch\n    interfaces:\n      eth0:\n        vlan:\n';
    const vlan = { type: 'set-port-vlan', node: 'sw1', ifname: 'eth0', vlan: { trunk: [], native: 5 } };
    expect(changes(vlan, `${port}          trunk:\n          - 20 # voice\n          native: 5\n`)).toEqual([
      '-          trunk:',
      '-          - 20 # voice',
      '+          trunk: [] # voice',
    ]);
  });

  it('gives an empty lab its first node as lines', () => {
    const text = 'vethlab: 1\nname: x\nnodes: {} # nothing yet\n';
    expect(changes({ type: 'add-node', kind: 'host' }, text)).toEqual([
      '-nodes: {} # nothing yet',
      '+nodes:',
      '+  h1:',
      '+    kind: host # nothing yet',
    ]);
  });

  it('keeps CRLF in new lines', () => {
    const text = file.replaceAll('\n', '\r\n');
    expect(changes({ type: 'add-node', kind: 'host' }, text)).toEqual(['+  h1:\r', '+    kind: host\r']);
  });

  it('works on JSON, which is YAML', () => {
    const text = '{ "vethlab": 1, "name": "x", "nodes": { "a": { "kind": "host" } } }\n';
    expect(changes({ type: 'add-node', kind: 'router', name: 'r1' }, text)).toEqual([
      '-{ "vethlab": 1, "name": "x", "nodes": { "a": { "kind": "host" } } }',
      '+{ "vethlab": 1, "name": "x", "nodes": { "a": { "kind": "host" }, r1: { kind: router } } }',
    ]);
  });
});

describe('a new lab file', () => {
  it('is short, and leaves defaults out', () => {
    const { topology } = parseLabFile(file);
    if (topology === null) throw new Error('refused');
    expect(serializeLabFile(topology)).toBe(`vethlab: 1
name: Two subnets and a router
nodes:
  ns1:
    kind: host
    interfaces:
      veth-ns1: { addresses: [192.168.1.1/24] }
    routes:
      - { to: default, via: 192.168.1.254 }
  ns-router:
    kind: router
    interfaces:
      veth-router1: { addresses: [192.168.1.254/24] }
      veth-router2: { addresses: [192.168.2.254/24] }
links:
  - endpoints: ["ns1:veth-ns1", "ns-router:veth-router1"]
probes:
  - { from: ns1, to: 192.168.2.254 }
canvas:
  nodes:
    ns1: { x: 0, y: 0 }
`);
  });
});
