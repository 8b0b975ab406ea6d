import { Composer, CST, type Document, Lexer, type ParsedNode, Parser, type YAMLError } from 'yaml';
import type { Diagnostic } from '../model/diagnostic.js';
import type { DiagnosticCode } from '../model/diagnostic-codes.js';
import { maximumFileBytes, maximumNodes } from '../model/limits.js';
import { diagnostic, quoted } from '../model/problem.js';
import { type LineTable, lineTableOf, placed } from './line-table.js';

/** Deeper than any lab file, and shallow enough for recursive code. */
const maximumDepth = 32;

/** Keys and values of one file: the largest lab has fewer than thirty for each of its nodes. */
const maximumScalars = 200_000;

/** Spaces, comments and line ends that may follow a value. */
const maximumRest = 10_000;

/** No more problems of syntax are told at once: after the first, most follow from it. */
const maximumSyntaxErrors = 20;

/** The lexer announces the text of a scalar with this (yaml, parse/cst: "Unit Separator"). */
const scalarFollows = '\x1f';

/** A comment in the source, from `#` to the end of its line. */
export interface Comment {
  readonly start: number;
  readonly end: number;
}

/** A YAML file, read but not yet understood. */
export interface YamlSource {
  readonly text: string;
  readonly contents: ParsedNode | null;
  readonly comments: readonly Comment[];
  readonly lines: LineTable;
}

export type ReadYaml =
  | { readonly ok: true; readonly source: YamlSource }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/**
 * Text to a syntax tree with places, within bounds: size, depth, and no anchors, aliases or tags, which lab files do not
 * need and bombs do. Bounds are checked token by token, before anything recursive is built.
 */
export function readYaml(text: string): ReadYaml {
  const outOfBounds = checkText(text);
  if (outOfBounds !== null) return { ok: false, diagnostics: [outOfBounds] };
  const lines = lineTableOf(text);
  const refuse = (code: DiagnosticCode, detail: string, offset: number): ReadYaml => {
    return { ok: false, diagnostics: [placed(diagnostic(code, [], detail), lines, offset)] };
  };
  const parser = new Parser();
  const composer = new Composer({
    uniqueKeys: false,
    strict: true,
    version: '1.2',
    schema: 'core',
    prettyErrors: false,
    keepSourceTokens: true,
  });
  const comments: Comment[] = [];
  const documents: Document.Parsed[] = [];
  let offset = 0;
  let isScalar = false;
  let scalars = 0;
  for (const lexeme of new Lexer().lex(text)) {
    const type = isScalar ? 'scalar' : CST.tokenType(lexeme);
    if (type === 'comment') comments.push({ start: offset, end: offset + lexeme.length });
    if (type === 'anchor' || type === 'alias' || type === 'tag') {
      return refuse('file.alias', `${quoted(lexeme)} is a YAML ${type}.`, offset);
    }
    if (type === 'directive-line') return refuse('file.yaml', 'Directives are not used in lab files.', offset);
    for (const token of parser.next(lexeme)) {
      if (token.type === 'error') return refuse('file.yaml', 'This does not belong here.', offset);
      documents.push(...composer.next(token));
    }
    // What follows a value that is complete is kept by the parser token by token, to be complained of at the end.
    const top = parser.stack.at(-1);
    if (top !== undefined && 'end' in top && (top.end?.length ?? 0) > maximumRest) {
      return refuse('file.yaml', 'A value is complete before this.', offset);
    }
    if (isScalar) scalars += 1;
    if (scalars > maximumScalars) return refuse('limit.items', `There are more than ${maximumScalars} values.`, offset);
    if (parser.stack.length > maximumDepth) {
      return refuse('limit.depth', 'Collections are nested deeper than anything in a lab.', offset);
    }
    const isMark = !isScalar && (lexeme === scalarFollows || type === 'doc-mode' || type === 'flow-error-end');
    if (!isMark) offset += lexeme.length;
    isScalar = !isScalar && lexeme === scalarFollows;
  }
  for (const token of parser.end()) documents.push(...composer.next(token));
  documents.push(...composer.end(true, text.length));
  const [document, second] = documents;
  if (document === undefined) return refuse('file.empty', 'There is nothing in it.', 0);
  const errors = document.errors.slice(0, maximumSyntaxErrors).map((error) => syntaxDiagnostic(error, text, lines));
  if (errors.length > 0) return { ok: false, diagnostics: errors };
  if (second !== undefined) return refuse('file.documents', 'A second document begins here.', second.range[0]);
  return { ok: true, source: { text, contents: document.contents, comments, lines } };
}

/** What can be said before parsing, in one pass over the text. */
function checkText(text: string): Diagnostic | null {
  if (text.length > maximumFileBytes) {
    const detail = `The file has ${text.length} characters; at most ${maximumFileBytes} are read.`;
    return { ...diagnostic('file.size', [], detail), line: 1, column: 1 };
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is the purpose.
  const binary = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.exec(text);
  if (binary !== null) {
    const detail = `There is the control character ${quoted(binary[0])}, which no lab file has.`;
    return placed(diagnostic('file.binary', [], detail), lineTableOf(text), binary.index);
  }
  const nodes = countNodes(text);
  if (nodes > maximumNodes) {
    const detail = `There are ${nodes} nodes (lines or maps with "kind"); at most ${maximumNodes} fit.`;
    return { ...diagnostic('limit.nodes', ['nodes'], detail), line: 1, column: 1 };
  }
  const repeated = manyRepeatedKeys(text);
  if (repeated !== null) {
    return placed(
      diagnostic('file.duplicate-key', [], 'This key is there already, as are many.'),
      lineTableOf(text),
      repeated,
    );
  }
  return null;
}

/** So many keys that are there twice are no slip of the hand: the file is not worth parsing. */
const manyRepeats = 1_000;

/**
 * Offset of a key that stands twice in a block, when there are very many such keys; null otherwise. Parsing a file that
 * is nothing but repeated keys would take seconds. Line by line, so text that only looks like keys may count, too.
 */
function manyRepeatedKeys(text: string): number | null {
  const open: { readonly indent: number; readonly keys: Set<string> }[] = [];
  let repeats = 0;
  for (const match of text.matchAll(/^( *)(-?)[^\S\n]*([\w."'-]+)[^\S\n]*:(?=\s|$)/gm)) {
    const indent = (match[1] ?? '').length;
    const key = match[3] ?? '';
    const isItem = match[2] === '-';
    while ((open.at(-1)?.indent ?? -1) > indent || (isItem && (open.at(-1)?.indent ?? -1) >= indent)) open.pop();
    if (isItem) continue;
    const top = open.at(-1);
    if (top === undefined || top.indent < indent) open.push({ indent, keys: new Set([key]) });
    else if (top.keys.has(key)) repeats += 1;
    else top.keys.add(key);
    if (repeats > manyRepeats) return match.index;
  }
  return null;
}

/**
 * Every node has one `kind:`. Counting them takes a fraction of a millisecond, so a file with far too many nodes is
 * refused before it is parsed. Comments do not count.
 */
function countNodes(text: string): number {
  let count = 0;
  for (const match of text.matchAll(/(?:^|[ \t])#[^\n]*|\bkind["']?[ \t]*:/gm)) {
    if (match[0].startsWith('kind')) count += 1;
  }
  return count;
}

function syntaxDiagnostic(error: YAMLError, text: string, lines: LineTable): Diagnostic {
  const [offset] = error.pos;
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const indent = /^[ \t]*/.exec(text.slice(lineStart, offset + 1))?.[0] ?? '';
  if (error.code === 'TAB_AS_INDENT' || indent.includes('\t')) {
    const tab = lineStart + Math.max(indent.indexOf('\t'), 0);
    return placed(diagnostic('file.tab', [], 'Replace the tab by spaces.'), lines, tab);
  }
  const code = error.code === 'MULTIPLE_DOCS' ? 'file.documents' : 'file.yaml';
  return placed(diagnostic(code, [], `${error.message}.`), lines, offset);
}
