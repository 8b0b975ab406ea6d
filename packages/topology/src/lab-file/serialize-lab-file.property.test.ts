import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { Document, isMap, isSeq, visit } from 'yaml';
import { applyEdit } from '../edits/apply-edit.js';
import type { Topology } from '../model/topology.js';
import { batchFor, choice, choices, document, editFor, inOrder } from '../testing/random-edits.js';
import { runs } from '../testing/runs.js';
import { inferRenames } from './infer-renames.js';
import { parseWithSource } from './parse-lab-file.js';
import { patchedText, serializeLabFile } from './serialize-lab-file.js';

// Hundreds of random documents: seconds on a busy machine. Not a test of speed.
vi.setConfig({ testTimeout: 120_000 });

/** How somebody else might have written the same file. */
interface Manner {
  readonly indent: number;
  readonly indentSeq: boolean;
  readonly crlf: boolean;
  readonly bom: boolean;
  readonly single: boolean;
  readonly flowEvery: number;
  readonly comments: readonly number[];
  readonly noLineAtEnd: boolean;
}

const manner: fc.Arbitrary<Manner> = fc.record({
  indent: fc.integer({ min: 2, max: 5 }),
  indentSeq: fc.boolean(),
  crlf: fc.boolean(),
  bom: fc.boolean(),
  single: fc.boolean(),
  flowEvery: fc.integer({ min: 1, max: 6 }),
  comments: fc.array(fc.nat(200), { maxLength: 12 }),
  noLineAtEnd: fc.boolean(),
});

/** The file of a document in another hand: other indents, quotes, flow and block, line ends and comments. */
function written(topology: Topology, hand: Manner): string {
  const plain = new Document(parseWithSource(serializeLabFile(topology)).source?.contents?.toJSON());
  let count = 0;
  visit(plain, {
    Collection(key, node) {
      count += 1;
      // The library would write the empty list of a block without indent right below its key, where it is no YAML.
      const isEmptyList = isSeq(node) && node.items.length === 0;
      if (key !== null && (isMap(node) || isSeq(node))) node.flow = isEmptyList || count % hand.flowEvery === 0;
    },
  });
  const text = plain.toString({
    indent: hand.indent,
    indentSeq: hand.indentSeq,
    singleQuote: hand.single,
    lineWidth: 0,
    flowCollectionPadding: hand.single,
  });
  const lines = text.trimEnd().split('\n');
  for (const [number, at] of hand.comments.entries()) {
    const index = at % lines.length;
    const line = lines[index] ?? '';
    if (number % 2 === 0) lines[index] = `${line} # note ${number}.`;
    else lines.splice(index, 0, `${/^ */.exec(line)?.[0] ?? ''}# note ${number}.`);
  }
  const end = hand.crlf ? '\r\n' : '\n';
  return `${hand.bom ? '\ufeff' : ''}${lines.join(end)}${hand.noLineAtEnd ? '' : end}`;
}

describe('a lab file in any hand', () => {
  it('is the same to the byte when nothing changed', () => {
    fc.assert(
      fc.property(document(), manner, (topology, hand) => {
        const text = written(topology, hand);
        const { topology: read, diagnostics } = parseWithSource(text);
        if (read === null) throw new Error(`${JSON.stringify(diagnostics)}\n${text}`);
        expect(inOrder(read)).toEqual(inOrder(topology));
        expect(serializeLabFile(structuredClone(topology), text)).toBe(text);
      }),
      { numRuns: runs(150) },
    );
  });

  it('says what the document says after any edits, by splices alone, and keeps every comment once', () => {
    fc.assert(
      fc.property(document(), manner, choices(5), fc.boolean(), (topology, hand, script, knowsRenames) => {
        const text = written(topology, hand);
        const result = applyEdit(topology, batchFor(topology, script));
        if (!result.ok) throw new Error(JSON.stringify(result.diagnostics));
        const after = result.topology;
        const { source } = parseWithSource(text);
        if (source === null) throw new Error(text);
        const renames = knowsRenames ? result.diff.renames : inferRenames(topology, after);
        const saved = patchedText(source, topology, after, renames);
        const { topology: read, diagnostics } = parseWithSource(saved);
        if (read === null) throw new Error(`${JSON.stringify(diagnostics)}\n${text}\n=====\n${saved}`);
        expect(read).toEqual(after);
        expect(read.links).toEqual(after.links);
        for (const { start, end } of source.comments) {
          const comment = text.slice(start, end).trimEnd();
          expect(saved.split(comment).length, `${comment}\n${text}\n=====\n${saved}`).toBe(2);
        }
        expect(/(?<!\r)\n/.test(saved) && /\r\n/.test(saved)).toBe(false);
      }),
      { numRuns: runs(400) },
    );
  });

  it('has new lines only where something is new, and loses only lines of what is gone', () => {
    fc.assert(
      fc.property(document(), choice, (topology, next) => {
        const edit = editFor(topology, next);
        const result = applyEdit(topology, edit);
        if (!result.ok) return;
        const text = serializeLabFile(topology);
        const saved = serializeLabFile(result.topology, text, result.diff.renames);
        const kept = commonLines(text.split('\n'), saved.split('\n'));
        // Never more lines than a fresh file of the same edit would change.
        const fresh = serializeLabFile(result.topology);
        const unavoidable = commonLines(text.split('\n'), fresh.split('\n'));
        expect(kept, `${JSON.stringify(edit)}\n${text}\n=====\n${saved}`).toBeGreaterThanOrEqual(unavoidable - 1);
      }),
      { numRuns: runs(200) },
    );
  });
});

/** Length of the longest common subsequence. */
function commonLines(a: readonly string[], b: readonly string[]): number {
  let row = new Array<number>(b.length + 1).fill(0);
  for (const line of a) {
    const next = [0];
    for (const [index, other] of b.entries()) {
      next.push(line === other ? (row[index] ?? 0) + 1 : Math.max(row[index + 1] ?? 0, next[index] ?? 0));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
