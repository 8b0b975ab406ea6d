import { renameInDraft } from '../diff/diff-topologies.js';
import { Draft } from '../diff/draft.js';
import { renameMapOf } from '../diff/rename-map.js';
import { sameValue } from '../diff/same-value.js';
import type { Rename } from '../diff/topology-diff.js';
import type { Topology } from '../model/topology.js';
import { fileShape } from './file-shape.js';
import { inferRenames } from './infer-renames.js';
import { parseWithSource } from './parse-lab-file.js';
import { patchSource } from './patch-source.js';
import type { YamlSource } from './read-yaml.js';
import { blockLines } from './yaml-text.js';

/**
 * Text of the lab file for a document. With the text it was read from, only the lines that must change do, comments
 * stay, and a document that says the same as before gives the same bytes. `renames` says which records have new names,
 * so that comments stay with them; without it they are guessed from their places.
 */
export function serializeLabFile(topology: Topology, previousText?: string, renames?: readonly Rename[]): string {
  if (previousText === undefined) return newLabFile(topology);
  const { topology: before, source } = parseWithSource(previousText);
  if (before === null || source === null) return newLabFile(topology);
  if (sameValue(before, topology)) return previousText;
  const patched = patchedText(source, before, topology, renames ?? inferRenames(before, topology));
  // Source can be written in ways that no splice foresees: what is saved must say what the document says.
  return saysTheSame(patched, topology) ? patched : withComments(newLabFile(topology), source);
}

function saysTheSame(text: string, topology: Topology): boolean {
  const { topology: read } = parseWithSource(text);
  return read !== null && sameValue(read, topology);
}

/** The last resort: a new file under all comments of the old one. */
function withComments(text: string, { comments, text: old }: YamlSource): string {
  return [...comments.map(({ start, end }) => old.slice(start, end).trimEnd()), text].join('\n');
}

/** A new lab file: readable, in the style of interfaces.md, without defaults. */
function newLabFile(topology: Topology): string {
  return `${blockLines(fileShape(topology), [], 0).join('\n')}\n`;
}

/** The text with splices only. Exported for its test, which must not pass by the last resort. */
export function patchedText(source: YamlSource, before: Topology, after: Topology, renames: readonly Rename[]): string {
  const draft = new Draft(before);
  const done = renameInDraft(draft, renames);
  const map = renameMapOf(done);
  const newKey = (path: readonly string[], key: string): string => {
    const [section, second, third] = path;
    if (section === 'nodes' && path.length === 1) return map.node(key);
    if (section === 'canvas' && second === 'nodes' && path.length === 2) return map.node(key);
    if (section === 'nodes' && third === 'interfaces' && path.length === 3 && second !== undefined) {
      return map.ifname(map.nodeStart(second), key);
    }
    return key;
  };
  return patchSource(source, fileShape(before), fileShape(draft.toTopology()), fileShape(after), newKey);
}
