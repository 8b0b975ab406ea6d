import { field, isObject, type Json, listOf, only, textOf } from './json-value.js';
import { asJson, renderExpression } from './render-expression.js';

/** One statement of a rule in the words of nft(8): `tcp dport 22`, `masquerade`, `dnat to 10.0.0.2:80`. Empty for a counter. */
export function renderStatement(statement: Json): string {
  const named = only(statement);
  if (named === null) return asJson(statement);
  const [kind, content] = named;
  switch (kind) {
    case 'counter':
      // Its figures are told apart; one that has a name is referred to.
      return typeof content === 'string' ? `counter name ${renderExpression(content)}` : '';
    case 'match':
      return match(content);
    case 'vmap':
      return `${renderExpression(field(content, 'key'))} vmap ${renderExpression(field(content, 'data'))}`;
    case 'jump':
    case 'goto':
      return `${kind} ${renderExpression(field(content, 'target'))}`;
    case 'snat':
    case 'dnat':
    case 'masquerade':
    case 'redirect':
      return translation(kind, content);
    case 'mangle':
      return `${renderExpression(field(content, 'key'))} set ${renderExpression(field(content, 'value'))}`;
    case 'log':
      return withOptions('log', content);
    case 'limit':
      return limit(content);
    case 'reject':
      return reject(content);
    case 'set':
      return `${textOf(field(content, 'op')) ?? 'add'} ${textOf(field(content, 'set')) ?? ''} { ${renderExpression(field(content, 'elem'))} }`;
    case 'dup':
    case 'fwd':
    case 'tproxy':
    case 'queue':
    case 'quota':
      return withOptions(kind, content);
    case 'xt':
      return `xt ${textOf(field(content, 'type')) ?? ''} ${textOf(field(content, 'name')) ?? ''}`.trim();
    default:
      return content === null ? kind : asJson(statement);
  }
}

function match(content: Json): string {
  const op = textOf(field(content, 'op')) ?? '==';
  const left = renderExpression(field(content, 'left'));
  const right = renderExpression(field(content, 'right'));
  return op === '==' || op === 'in' ? `${left} ${right}` : `${left} ${op} ${right}`;
}

function translation(kind: string, content: Json): string {
  const address = field(content, 'addr');
  const port = field(content, 'port');
  const family = textOf(field(content, 'family'));
  const to = `${renderExpression(address)}${port === undefined ? '' : `:${renderExpression(port)}`}`;
  const flags = listOf(field(content, 'flags')).map((flag) => renderExpression(flag));
  return [kind, ...(family === null ? [] : [family]), ...(to === '' ? [] : [`to ${to}`]), ...flags].join(' ');
}

function limit(content: Json): string {
  const over = field(content, 'inv') === true ? 'over ' : '';
  const unit = textOf(field(content, 'rate_unit'));
  const rate = `${textOf(field(content, 'rate')) ?? '?'}${unit === null || unit === 'packets' ? '' : ` ${unit}`}`;
  return `limit rate ${over}${rate}/${textOf(field(content, 'per')) ?? 'second'}`;
}

function reject(content: Json): string {
  const type = textOf(field(content, 'type'));
  const code = textOf(field(content, 'expr'));
  return ['reject', ...(type === null ? [] : [`with ${type}`]), ...(code === null ? [] : [code])].join(' ');
}

/** `log prefix "x" group 2`: options by their names, in nft's order. */
function withOptions(kind: string, content: Json): string {
  if (!isObject(content)) return kind;
  return [kind, ...Object.entries(content).map(([key, value]) => `${key} ${optionText(key, value)}`)].join(' ');
}

function optionText(key: string, value: Json): string {
  // A prefix is free text, always in quotes.
  return key === 'prefix' ? JSON.stringify(value) : renderExpression(value);
}
