/** A plain value of a lab file, as it will be written: maps as ordered entries, so that every key keeps its place. */
export type FileValue = string | number | boolean | FileList | FileMap;
export interface FileList {
  readonly items: readonly FileValue[];
}
export interface FileMap {
  readonly entries: readonly (readonly [string, FileValue])[];
}

export function isFileMap(value: FileValue): value is FileMap {
  return typeof value === 'object' && 'entries' in value;
}

export function isFileList(value: FileValue): value is FileList {
  return typeof value === 'object' && 'items' in value;
}

/** Words that YAML 1.1 or 1.2 readers take for something else than text. */
const reservedWords = /^(?:true|false|null|yes|no|on|off|nan|inf)$/i;

/** Text that can stand without quotes in a block and inside `{ }` and `[ ]`, for every YAML reader. */
const plainText = /^[\p{L}][\p{L}\p{N} _.()/+-]*$/u;
/** Addresses: a colon inside is plain as long as none stands at either end. Endpoints (`a:eth0`) are always quoted. */
const plainAddress = /^(?:\d+\.\d+\.\d+\.\d+|[0-9a-f]*:[0-9a-f:]*[0-9a-f])(?:\/\d{1,3})?$/;
/** Numbers of YAML 1.1 and 1.2, with some to spare. */
const looksLikeNumber = /^[-+]?(?:0x[\da-f_]+|0[ob]\d+|[\d_,.]+(?:e[-+]?\d+)?)$/i;
/** `12:34:56` is a number in base 60 for readers of YAML 1.1. */
const sexagesimal = /^[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/;
/** The time of a probe, and a share of packets. */
const plainAmount = /^\d+(?:\.\d+)?(?:m?s|%)$/;
const plainName = /^[A-Za-z0-9][A-Za-z0-9_.-]*$/;

/** A scalar in YAML: without quotes where every reader takes it for the same text, otherwise in double quotes. */
export function scalarText(value: string | number | boolean): string {
  if (typeof value !== 'string') return String(value);
  return isPlain(value) ? value : quotedText(value);
}

function isPlain(text: string): boolean {
  if (plainAddress.test(text)) return !text.startsWith(':') && !sexagesimal.test(text);
  if (looksLikeNumber.test(text) || reservedWords.test(text) || text.endsWith(' ')) return false;
  return plainAmount.test(text) || plainText.test(text) || plainName.test(text);
}

/** Double quotes of YAML are those of JSON; what cannot be seen is escaped. */
export function quotedText(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007f-\u00a0\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** A value on one line: `{ addresses: [10.0.0.1/24], up: false }`. */
export function flowText(value: FileValue): string {
  if (isFileList(value)) return `[${value.items.map(flowText).join(', ')}]`;
  if (!isFileMap(value)) return scalarText(value);
  if (value.entries.length === 0) return '{}';
  return `{ ${value.entries.map(([key, inner]) => `${scalarText(key)}: ${flowText(inner)}`).join(', ')} }`;
}

const nodeBlocks: ReadonlySet<string> = new Set(['interfaces', 'routes', 'vrfs', 'nat', 'firewall', 'commands']);

/** How a value at a path is written: on one line, or as a block of lines. */
export function isBlock(path: readonly string[], value: FileValue): boolean {
  if (typeof value !== 'object') return false;
  if ((isFileMap(value) ? value.entries : value.items).length === 0) return false;
  const [section, second, third, , fifth] = path;
  if (path.length <= 1) return true;
  // A node is a block; its interfaces, routes, VRFs and commands are blocks of short maps.
  if (section === 'nodes') {
    if (path.length === 2 || (path.length === 3 && nodeBlocks.has(third ?? ''))) return true;
    // Rules are read from top to bottom: one a line.
    if (path.length === 4) return third === 'nat' || third === 'firewall';
    return path.length === 5 && third === 'firewall' && fifth === 'rules';
  }
  if (section === 'links') return path.length === 2;
  return section === 'canvas' && second === 'nodes' && path.length === 2;
}

/** Lines of a map entry: `key: value`, or the key and a block under it. Indented by so many spaces. */
export function entryLines(key: string, value: FileValue, path: readonly string[], indent: number): readonly string[] {
  const lead = `${' '.repeat(indent)}${scalarText(key)}:`;
  const inner = [...path, key];
  if (!isBlock(inner, value)) return [`${lead} ${flowText(value)}`];
  return [lead, ...blockLines(value, inner, indent + 2)];
}

/** Lines of a list item: `- value`, or a map whose first key stands on the line of the dash. */
export function itemLines(value: FileValue, path: readonly string[], indent: number): readonly string[] {
  const inner = [...path, '-'];
  const lead = `${' '.repeat(indent)}-`;
  if (!isFileMap(value) || !isBlock(inner, value)) return [`${lead} ${flowText(value)}`];
  const lines = value.entries.flatMap(([key, entry]) => entryLines(key, entry, inner, indent + 2));
  return lines.map((line, index) => (index === 0 ? `${lead} ${line.trimStart()}` : line));
}

export function blockLines(value: FileValue, path: readonly string[], indent: number): readonly string[] {
  if (isFileMap(value)) return value.entries.flatMap(([key, inner]) => entryLines(key, inner, path, indent));
  if (isFileList(value)) return value.items.flatMap((item) => itemLines(item, path, indent));
  return [`${' '.repeat(indent)}${scalarText(value)}`];
}
