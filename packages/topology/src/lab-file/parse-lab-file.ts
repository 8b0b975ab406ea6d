import { isMap } from 'yaml';
import type { Diagnostic } from '../model/diagnostic.js';
import { diagnostic } from '../model/problem.js';
import type { Topology } from '../model/topology.js';
import { diagnosticsOfIssues } from '../schemas/issues.js';
import { validate } from '../validation/validate.js';
import { labFileSchema } from './lab-file-schema.js';
import { placed } from './line-table.js';
import { normalise } from './normalise.js';
import { readYaml, type YamlSource } from './read-yaml.js';
import { offsetOf, plainValueOf } from './yaml-value.js';

export interface ParsedLabFile {
  /** Null when there is an error. */
  readonly topology: Topology | null;
  /** Errors, warnings and infos, each with line and column. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Text of a lab file to a document. Every problem is told, with line and column; with an error there is no document.
 * A byte order mark and CRLF are accepted. Never throws, and is bounded in time and memory, whatever the text is.
 */
export function parseLabFile(text: string): ParsedLabFile {
  const { topology, diagnostics } = parseWithSource(text);
  return { topology, diagnostics };
}

/** No more repeated keys are told at once. */
const maximumDuplicates = 100;

/** Like `parseLabFile`, with the syntax tree that saving works on; `source` is null when the text is not YAML. */
export function parseWithSource(text: string): ParsedLabFile & { readonly source: YamlSource | null } {
  if (text.trim() === '' || text.trim() === '\ufeff') return failed([emptyFile('There is nothing in it.')], null);
  const read = readYaml(text);
  if (!read.ok) return failed(read.diagnostics, null);
  const { source } = read;
  const { contents, lines } = source;
  if (contents === null || (!isMap(contents) && contents.range[0] === contents.range[1])) {
    return failed([emptyFile('There are only comments in it.')], source);
  }
  const at = (found: Diagnostic): Diagnostic =>
    found.line === undefined ? placed(found, lines, offsetOf(contents, found.path)) : found;
  if (!isMap(contents)) {
    const detail = 'A lab file is a map of keys and values that begins with "vethlab: 1".';
    return failed([at(diagnostic('shape.type', [], detail))], source);
  }
  const { value, diagnostics: repeated } = plainValueOf(contents, lines);
  const duplicates = repeated.slice(0, maximumDuplicates);
  const version = versionProblem(value);
  if (version !== null) return failed([...duplicates, at(version)], source);
  const parsed = labFileSchema.safeParse(value, { reportInput: true });
  if (!parsed.success) return failed([...duplicates, ...diagnosticsOfIssues(parsed.error.issues).map(at)], source);
  if (duplicates.length > 0) return failed(duplicates, source);
  const { topology, diagnostics: strays } = normalise(parsed.data);
  const diagnostics = [...validate(topology), ...strays].map(at);
  const isSound = !diagnostics.some(({ severity }) => severity === 'error');
  return { topology: isSound ? topology : null, diagnostics, source };
}

/** The version decides how everything else is read, so it is looked at first and told alone. */
function versionProblem(value: unknown): Diagnostic | null {
  const file = value as { readonly vethlab?: unknown };
  if (!Object.hasOwn(file, 'vethlab')) {
    const detail = 'Without it nobody knows in which format the file is.';
    return diagnostic('file.version-missing', [], detail, { label: 'Use 1', value: '1' });
  }
  const version = file.vethlab;
  if (version === 1) return null;
  const detail =
    typeof version === 'number' && version > 1
      ? `The file has format version ${version}; this program knows version 1. A newer Vethlab can read it.`
      : 'The format version is the number 1.';
  return diagnostic('file.version', ['vethlab'], detail, { label: 'Use 1', value: '1' });
}

function emptyFile(detail: string): Diagnostic {
  return { ...diagnostic('file.empty', [], detail), line: 1, column: 1 };
}

function failed(diagnostics: readonly Diagnostic[], source: YamlSource | null) {
  return { topology: null, diagnostics, source };
}
