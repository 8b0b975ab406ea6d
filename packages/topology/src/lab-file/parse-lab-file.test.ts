import { describe, expect, it, vi } from 'vitest';
import { maximumFileBytes } from '../model/limits.js';
import { interfaceOf } from '../model/topology-access.js';
import { decodeLabFile } from './decode-lab-file.js';
import { labFileJsonSchema } from './lab-file-schema.js';
import { parseLabFile } from './parse-lab-file.js';
import { serializeLabFile } from './serialize-lab-file.js';

// Files of a megabyte take a second or two on a busy machine. Not a test of speed.
vi.setConfig({ testTimeout: 60_000 });

/** ASCII, or any text of code units below 256, to bytes. */
const bytes = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));

const told = (text: string) =>
  parseLabFile(text).diagnostics.map(({ code, line, column }) => `${line}:${column} ${code}`);

describe('parsing a lab file', () => {
  it.each([
    ['an empty file', '', ['1:1 file.empty']],
    ['spaces', ' \n \n', ['1:1 file.empty']],
    ['only comments', '# nothing\n', ['1:1 file.empty']],
    ['a missing version', 'name: x\n', ['1:1 file.version-missing']],
    ['a newer version', 'vethlab: 2\nname: x\nnew: 1\n', ['1:10 file.version']],
    ['a version as text', 'vethlab: "1"\nname: x\n', ['1:10 file.version']],
    ['a list', '- a\n', ['1:1 shape.type']],
    ['a word', 'hello', ['1:1 shape.type']],
    ['a missing name', 'vethlab: 1\n', ['1:1 shape.missing-key']],
    ['an unknown key', 'vethlab: 1\nname: x\nnods: {}\n', ['3:1 shape.unknown-key']],
    ['a number as name', 'vethlab: 1\nname: 5\n', ['2:7 shape.type']],
    ['a key twice', 'vethlab: 1\nname: x\nname: y\n', ['3:1 file.duplicate-key']],
    ['a tab', 'vethlab: 1\nname: x\nnodes:\n\th1: { kind: host }\n', ['4:1 file.tab']],
    ['an open bracket', 'vethlab: 1\nname: [', ['2:8 file.yaml']],
    ['an alias', 'a: &a [1]\nb: *a\n', ['1:4 file.alias']],
    ['two documents', 'vethlab: 1\nname: x\n---\nname: y\n', ['3:1 file.documents']],
    ['a directive', '%YAML 1.1\n---\nvethlab: 1\n', ['1:1 file.yaml']],
    ['a control character', 'vethlab: 1\nname: a\u001b[2J\n', ['2:8 file.binary']],
    [
      'several at once',
      'vethlab: 1\nname: x\nnodes: { h1: { kind: hots }, -x: { kind: host } }\n',
      ['3:22 shape.value', '3:30 name.syntax'],
    ],
  ])('tells the place of %s', (_title, text, expected) => {
    expect(told(text)).toEqual(expected);
    expect(parseLabFile(text).topology).toBeNull();
  });

  it('names the nearest known key', () => {
    const { diagnostics } = parseLabFile('vethlab: 1\nname: x\nnodes: { h1: { knid: host } }\n');
    const first = diagnostics.find(({ code }) => code === 'shape.unknown-key');
    expect(first?.detail).toContain('"kind"');
    expect(first?.fix?.value).toBe('kind');
  });

  it('accepts a byte order mark and CRLF, and counts lines and columns all the same', () => {
    const text = '\ufeffvethlab: 1\r\nname: x\r\nnodes: { h1: { kind: host, interfaces: { eth0: {} } } }\r\n';
    const { topology, diagnostics } = parseLabFile(text);
    expect(Object.keys(topology?.nodes ?? {})).toEqual(['h1']);
    expect(diagnostics.map(({ code, line, column }) => [code, line, column])).toEqual([['interface.unwired', 3, 42]]);
  });

  it('takes names that look like numbers or truth values for names', () => {
    const { topology } = parseLabFile(
      'vethlab: 1\nname: x\nnodes: { 1e3: { kind: host }, true: { kind: host }, 0x1f: { kind: host } }\n',
    );
    expect(Object.keys(topology?.nodes ?? {})).toEqual(['1e3', 'true', '0x1f']);
    if (topology === null) throw new Error('refused');
    expect(parseLabFile(serializeLabFile(topology)).topology).toEqual(topology);
  });

  it('makes addresses canonical in memory, and leaves the file as it was typed', () => {
    const text =
      'vethlab: 1\nname: x\nnodes: { h1: { kind: host, interfaces: { e: { addresses: ["FD00:0::0001/64"] } } } }\n';
    const { topology } = parseLabFile(text);
    if (topology === null) throw new Error('refused');
    expect(interfaceOf(topology, 'h1', 'e')?.addresses).toEqual(['fd00::1/64']);
    expect(serializeLabFile(topology, text)).toBe(text);
  });

  it('warns of a position of no node, and keeps its line', () => {
    const text = 'vethlab: 1\nname: x\ncanvas: { nodes: { gone: { x: 1, y: 1 } } }\n';
    const { topology, diagnostics } = parseLabFile(text);
    expect(diagnostics.map(({ code }) => code)).toEqual(['canvas.node-missing']);
    if (topology === null) throw new Error('refused');
    expect(serializeLabFile({ ...topology, name: 'y' }, text)).toBe(text.replace('name: x', 'name: y'));
  });

  const manyNodes = Array.from({ length: 5001 }, (_, index) => `  n${index}: { kind: host }`).join('\n');
  it.each([
    ['5,001 nodes', `vethlab: 1\nname: x\nnodes:\n${manyNodes}\n`, 'limit.nodes'],
    ['more than 2 MiB', 'x'.repeat(maximumFileBytes + 1), 'file.size'],
    ['brackets within brackets', '['.repeat(500_000), 'limit.depth'],
    ['lists within lists', '- '.repeat(500_000), 'limit.depth'],
    [
      'a bomb of aliases',
      `a: &a [x]\n${Array.from({ length: 30 }, (_, i) => `b${i}: &b${i} [*a,*a]`).join('\n')}`,
      'file.alias',
    ],
    ['nothing but repeated keys', `vethlab: 1\nname: x\n${'a: 1\n'.repeat(200_000)}`, 'file.duplicate-key'],
    ['values after the end', '{}'.repeat(500_000), 'file.yaml'],
    ['a million quotes', '"'.repeat(1_000_000), 'file.yaml'],
    ['a million items', `vethlab: 1\nname: x\nlinks: [${'1,'.repeat(500_000)}]`, 'limit.items'],
  ])('refuses %s, and soon', (_title, text, code) => {
    const { topology, diagnostics } = parseLabFile(text);
    expect(topology).toBeNull();
    expect(diagnostics.map((entry) => entry.code)).toEqual([code]);
  });
});

describe('decoding the bytes of a lab file', () => {
  it('gives the text, any plane of Unicode and the byte order mark included', () => {
    const text = '\ufeffname: größer € \u{1f5a7}\r\n';
    const decoded = decodeLabFile(new TextEncoder().encode(text));
    expect(decoded).toEqual({ ok: true, text });
  });

  it.each([
    ['a zero byte', 'vethlab: 1\nx\0', 'file.binary', 2, 2],
    ['a byte of Latin-1', 'name: x\nlabel: gr\xf6\xdfer\n', 'file.encoding', 2, 10],
    ['an overlong form', '\xc0\xaf', 'file.encoding', 1, 1],
    ['half of a pair', '\xed\xa0\x80', 'file.encoding', 1, 1],
    ['a number beyond Unicode', '\xf4\x90\x80\x80', 'file.encoding', 1, 1],
    ['a character cut short', 'x\xe2\x82', 'file.encoding', 1, 2],
  ])('refuses %s', (_title, text, code, line, column) => {
    const decoded = decodeLabFile(bytes(text));
    if (decoded.ok) throw new Error('accepted');
    expect(decoded.diagnostics).toMatchObject([{ code, line, column }]);
  });

  it('refuses more than 2 MiB without looking at it', () => {
    const decoded = decodeLabFile(new Uint8Array(maximumFileBytes + 1));
    expect(decoded.ok ? [] : decoded.diagnostics.map(({ code }) => code)).toEqual(['file.size']);
  });
});

describe('the JSON Schema of the lab file', () => {
  it('is closed, and knows the fields of interfaces.md', () => {
    const schema: { readonly properties?: object } = labFileJsonSchema();
    expect(schema).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      type: 'object',
      additionalProperties: false,
      required: ['vethlab', 'name'],
    });
    expect(JSON.stringify(schema)).toContain('"const":1');
    expect(Object.keys(schema.properties ?? {})).toEqual(['vethlab', 'name', 'nodes', 'links', 'probes', 'canvas']);
  });
});
