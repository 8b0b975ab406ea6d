import { describe, expect, it } from 'vitest';
import { applyEdit } from '../edits/apply-edit.js';
import type { Diagnostic } from '../model/diagnostic.js';
import { parseCidr } from '../model/parse-addresses.js';
import { parseDelay, parsePercent, parseRate } from '../model/parse-impairment.js';
import { parseCommandName, parseIfname, parseNodeName } from '../model/parse-names.js';
import { parseInterval, parseMac } from '../model/parse-values.js';
import type { Topology } from '../model/topology.js';
import { emptyTopology } from '../model/topology-access.js';
import { parseEdit } from '../schemas/parse-edit.js';
import { badEditLab, badEdits } from '../testing/bad-edits.js';
import { badFile, badFileParts, type FileParts } from '../testing/bad-files.js';
import { badDelays, badPercents, badRates } from '../testing/bad-impairments.js';
import {
  badAddresses,
  badArguments,
  badCommandNames,
  badIfnames,
  badIntervals,
  badMacs,
  badMtus,
  badNodeNames,
} from '../testing/bad-inputs.js';
import { parseLabFile } from './parse-lab-file.js';

const quote = (value: string | number) => JSON.stringify(value);

/** Errors of a file with h1 (host), r1 (router), sw1 (switch) and what is put into it. */
function fileErrors(parts: FileParts): readonly Diagnostic[] {
  const { topology, diagnostics } = parseLabFile(badFile(parts));
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  expect(topology === null).toBe(errors.length > 0);
  return errors;
}

function lab(): Topology {
  const { topology } = parseLabFile(badEditLab);
  if (topology === null) throw new Error('the lab of the test is not valid');
  return topology;
}

/** Errors of an edit as it arrives over the wire: by its schema, or by the document. */
function editErrors(data: unknown): readonly Diagnostic[] {
  const parsed = parseEdit(JSON.parse(JSON.stringify(data)));
  if (!parsed.ok) return parsed.diagnostics;
  const result = applyEdit(lab(), parsed.value);
  return result.ok ? [] : result.diagnostics;
}

function expectRefusal(errors: readonly Diagnostic[], code: string, isPlaced: boolean): void {
  expect(errors.map((error) => error.code)).toContain(code);
  const error = errors.find((entry) => entry.code === code);
  expect(error?.detail).toMatch(/\w/);
  expect(error?.summary).toMatch(/\.$/);
  if (!isPlaced) return;
  expect(error?.line).toBeGreaterThan(3);
  expect(error?.column).toBeGreaterThan(0);
}

describe('a lab file refuses', () => {
  it.each(badNodeNames)('the node name $value ($row)', ({ value, code }) => {
    expectRefusal(fileErrors({ rest: `  ${quote(value)}: { kind: host }` }), code, true);
  });

  it.each(badIfnames)('the interface name $value ($row)', ({ value, code }) => {
    expectRefusal(fileErrors({ host: `      ${quote(value)}: {}` }), code, true);
  });

  it.each(badCommandNames)('the command name $value ($row)', ({ value, code }) => {
    expectRefusal(fileErrors({ host: `    commands: { ${quote(value)}: { run: [x] } }` }), code, true);
  });

  it.each(badArguments)('the argument $value ($row)', ({ value, code }) => {
    expectRefusal(fileErrors({ host: `    commands: { web: { run: [x, ${quote(value)}] } }` }), code, true);
  });

  it.each(badAddresses)('the address $value ($row)', ({ value, code }) => {
    expectRefusal(fileErrors({ iface: `{ addresses: [${quote(value)}] }` }), code, true);
  });

  it.each(badMacs)('the MAC $value ($row)', ({ value, code }) => {
    expectRefusal(fileErrors({ iface: `{ mac: ${quote(value)} }` }), code, true);
  });

  it.each(badMtus)('the MTU $value ($row)', ({ value, code }) => {
    expectRefusal(fileErrors({ iface: `{ mtu: ${quote(value)} }` }), code, true);
  });

  it.each(badIntervals)('the interval $value ($row)', ({ value, code }) => {
    const rest = `probes: [{ from: h1, to: 10.0.0.254, interval: ${quote(value)} }]`;
    expectRefusal(fileErrors({ rest }), code, true);
  });

  it.each(badDelays)('the delay $value ($row)', ({ value, code }) => {
    expectRefusal(fileErrors({ iface: `{ impairment: { delay: ${quote(value)} } }` }), code, true);
  });

  it.each(badPercents)('the share $value ($row)', ({ value, code }) => {
    expectRefusal(fileErrors({ iface: `{ impairment: { loss: ${quote(value)} } }` }), code, true);
  });

  it.each(badRates)('the rate $value ($row)', ({ value, code }) => {
    expectRefusal(fileErrors({ iface: `{ impairment: { rate: ${quote(value)} } }` }), code, true);
  });

  it.each(badFileParts)('%s', (_title, parts, code) => {
    expectRefusal(fileErrors(parts), code, true);
  });
});

describe('an edit is refused for', () => {
  const node = 'h1';
  const ifname = 'eth0';

  it.each(badNodeNames)('the node name $value ($row)', ({ value, code }) => {
    expectRefusal(editErrors({ type: 'add-node', kind: 'host', name: value }), code, false);
    expectRefusal(editErrors({ type: 'rename-node', node, to: value }), code, false);
  });

  it.each(badIfnames)('the interface name $value ($row)', ({ value, code }) => {
    expectRefusal(editErrors({ type: 'add-interface', node, ifname: value }), code, false);
    expectRefusal(editErrors({ type: 'rename-interface', node, ifname, to: value }), code, false);
    expectRefusal(editErrors({ type: 'connect', from: { node, ifname: value }, to: { node: 'r1' } }), code, false);
  });

  it.each(badCommandNames)('the command name $value ($row)', ({ value, code }) => {
    expectRefusal(editErrors({ type: 'add-command', node, name: value, run: ['x'] }), code, false);
    expectRefusal(editErrors({ type: 'rename-command', node, name: 'web', to: value }), code, false);
  });

  it.each(badArguments)('the argument $value ($row)', ({ value, code }) => {
    expectRefusal(editErrors({ type: 'add-command', node, run: ['x', value] }), code, false);
    expectRefusal(editErrors({ type: 'set-command', node, name: 'web', run: [value] }), code, false);
  });

  it.each(badAddresses)('the address $value ($row)', ({ value, code }) => {
    expectRefusal(editErrors({ type: 'set-addresses', node, ifname, addresses: [value] }), code, false);
    const from = { node, addresses: [value] };
    expectRefusal(editErrors({ type: 'connect', from, to: { node: 'r1' } }), code, false);
  });

  it.each(badMacs)('the MAC $value ($row)', ({ value, code }) => {
    expectRefusal(editErrors({ type: 'set-interface', node, ifname, mac: value }), code, false);
  });

  it.each(badMtus)('the MTU $value ($row)', ({ value, code }) => {
    expectRefusal(editErrors({ type: 'set-interface', node, ifname, mtu: value }), code, false);
    expectRefusal(editErrors({ type: 'set-link', link: 'h1:eth0--r1:eth0', mtu: value }), code, false);
  });

  it.each(badEdits)('%s', (_title, data, code) => {
    expectRefusal(editErrors(data), code, false);
  });
});

describe('what a refusal offers', () => {
  const parsers = [
    ['node names', badNodeNames, parseNodeName],
    ['interface names', badIfnames, parseIfname],
    ['command names', badCommandNames, parseCommandName],
    ['addresses', badAddresses, parseCidr],
    ['MACs', badMacs, parseMac],
    ['intervals', badIntervals, parseInterval],
    ['delays', badDelays, parseDelay],
    ['shares', badPercents, parsePercent],
    ['rates', badRates, parseRate],
  ] as const;

  it.each(parsers)('would work, for all bad %s', (_title, inputs, parse) => {
    for (const { value } of inputs) {
      const refusal = parse(String(value));
      if (refusal.ok) throw new Error(`${value} was accepted`);
      const offer = refusal.problem.fix?.value;
      expect(offer, String(value)).toBeDefined();
      expect(parse(offer ?? '').ok, `${value} → ${offer}`).toBe(true);
    }
  });
});

describe('nothing foreign', () => {
  it('changes a prototype, through file or edit', () => {
    const hostile = '{"type":"move-nodes","positions":{"__proto__":{"x":1,"y":1},"h1":{"x":1,"y":1}}}';
    expect(parseEdit(JSON.parse(hostile)).ok).toBe(false);
    fileErrors({ rest: '  __proto__: { kind: host }\ncanvas: { nodes: { __proto__: { x: 1, y: 1 } } }' });
    parseLabFile('__proto__: { polluted: true }\nvethlab: 1\nname: x\n');
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(Object.getPrototypeOf(emptyTopology('x').nodes)).toBe(Object.prototype);
  });

  it('is found under the name of a property that every object has', () => {
    for (const name of ['constructor', 'toString', '__proto__', 'hasOwnProperty']) {
      expect(editErrors({ type: 'remove-nodes', nodes: [name] }).length).toBeGreaterThan(0);
    }
  });
});
