import { field, type Json, listOf, only, textOf } from './json-value.js';

/** Expressions nest (sets in maps in concatenations); deeper than any rule a person writes. */
const deepest = 12;

/**
 * A value of nft's JSON in the words of nft(8): `tcp dport`, `10.0.0.0/8`, `{ 22, 80-90 }`. For reading only. What is not known
 * is shown as JSON, so that nothing is hidden.
 */
export function renderExpression(value: Json | undefined, depth = 0): string {
  if (value === undefined || value === null) return '';
  if (depth > deepest) return '…';
  const inner = (part: Json | undefined) => renderExpression(part, depth + 1);
  if (typeof value === 'string') return quoteIfNeeded(value);
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  // A list without a name around it stands for flags or states.
  if (Array.isArray(value)) return value.map(inner).join(',');
  const named = only(value as Json);
  if (named === null) return asJson(value as Json);
  const [kind, content] = named;
  switch (kind) {
    case 'payload':
      return payload(content);
    case 'meta':
      return meta(content);
    case 'ct':
      return ['ct', textOf(field(content, 'dir')), textOf(field(content, 'family')), textOf(field(content, 'key'))]
        .filter((word) => word !== null)
        .join(' ');
    case 'rt':
      return `rt ${[textOf(field(content, 'family')), textOf(field(content, 'key'))].filter((word) => word !== null).join(' ')}`;
    case 'socket':
      return `socket ${textOf(field(content, 'key')) ?? ''}`;
    case 'fib':
      return `fib ${listOf(field(content, 'flags')).map(inner).join(' . ')} ${textOf(field(content, 'result')) ?? ''}`;
    case 'numgen':
      return `numgen ${textOf(field(content, 'mode')) ?? ''} mod ${textOf(field(content, 'mod')) ?? ''}`;
    case 'prefix':
      return `${inner(field(content, 'addr'))}/${textOf(field(content, 'len')) ?? '?'}`;
    case 'range':
      return listOf(content).map(inner).join('-');
    case 'set':
      return `{ ${listOf(content)
        .map((element) => renderElement(element, inner))
        .join(', ')} }`;
    case 'map':
      return `${inner(field(content, 'key'))} map ${inner(field(content, 'data'))}`;
    case 'concat':
      return listOf(content).map(inner).join(' . ');
    case 'elem':
      return renderElement(value as Json, inner);
    case '&':
    case '|':
    case '^':
    case '<<':
    case '>>':
      return listOf(content).map(inner).join(` ${kind} `);
    case 'exthdr':
      return `${textOf(field(content, 'name')) ?? 'exthdr'} ${textOf(field(content, 'field')) ?? ''}`.trim();
    case 'tcp option':
      return `tcp option ${textOf(field(content, 'name')) ?? ''} ${textOf(field(content, 'field')) ?? ''}`.trim();
    case 'jump':
    case 'goto':
      return `${kind} ${inner(field(content, 'target'))}`;
    default:
      return content === null ? kind : asJson(value as Json);
  }
}

/** `22`, or `22 : accept` in a map, or an element with what was said of it. */
function renderElement(element: Json, inner: (part: Json | undefined) => string): string {
  if (Array.isArray(element)) return element.map(inner).join(' : ');
  const said = field(element, 'elem');
  return said === undefined ? inner(element) : inner(field(said, 'val'));
}

function payload(content: Json): string {
  const protocol = textOf(field(content, 'protocol'));
  const name = textOf(field(content, 'field'));
  if (protocol !== null && name !== null) return `${protocol} ${name}`;
  const base = textOf(field(content, 'base')) ?? '?';
  return `@${base},${textOf(field(content, 'offset')) ?? '?'},${textOf(field(content, 'len')) ?? '?'}`;
}

/** Keys that nft writes without the word `meta` before them. */
const bareMeta: ReadonlySet<string> = new Set([
  'iif',
  'oif',
  'iifname',
  'oifname',
  'iiftype',
  'oiftype',
  'skuid',
  'skgid',
]);

function meta(content: Json): string {
  const key = textOf(field(content, 'key')) ?? '?';
  return bareMeta.has(key) ? key : `meta ${key}`;
}

/** Words and addresses stand for themselves; anything else is in quotes, as nft needs it. */
function quoteIfNeeded(text: string): string {
  return /^[A-Za-z0-9_.:/@*-]+$/.test(text) ? text : JSON.stringify(text);
}

export function asJson(value: Json): string {
  return JSON.stringify(value);
}
