import { maximumCommandNameLength, maximumIfnameLength, maximumNodeNameLength, maximumTextLength } from './limits.js';
import type { CommandName, Ifname, NodeName, RuleIfname } from './names.js';
import { type Parsed, quoted, refused } from './problem.js';

const alphabet = /^[A-Za-z0-9][A-Za-z0-9_.-]*$/;

/** Directories that sysctl keeps beside the interfaces (/proc/sys/net/ipv4/conf), and the loopback device itself. */
const reservedIfnames = new Set(['lo', 'all', 'default']);

const rule = 'Letters, digits, "_", "." and "-" are allowed, and the first character must be a letter or digit';

/**
 * A name of a node, which is also the name of its network namespace: `[A-Za-z0-9][A-Za-z0-9_.-]*`, at most 32 characters.
 * Names of properties that every JavaScript object has (`constructor`) are refused, so that no look-up can be led astray.
 */
export function parseNodeName(text: string): Parsed<NodeName> {
  const refusal = checkName(text, 'node', maximumNodeNameLength, 'n1');
  return refusal ?? { ok: true, value: text as NodeName };
}

/** A name of a command: the alphabet of node names, at most 32 characters. */
export function parseCommandName(text: string): Parsed<CommandName> {
  const refusal = checkName(text, 'command', maximumCommandNameLength, 'server');
  return refusal ?? { ok: true, value: text as CommandName };
}

/** A name of an interface: the same alphabet, at most 15 bytes (IFNAMSIZ − 1), and none that the kernel or sysctl uses itself. */
export function parseIfname(text: string): Parsed<Ifname> {
  const refusal = checkName(text, 'interface', maximumIfnameLength, 'eth0');
  if (refusal !== null) return refusal;
  if (reservedIfnames.has(text)) {
    return refused('name.reserved', `"${text}" is used by the kernel itself in every namespace.`, `${text}0`);
  }
  return { ok: true, value: text as Ifname };
}

/** The same in a rule, where the loopback may be meant. */
export function parseRuleIfname(text: string): Parsed<RuleIfname> {
  return text === 'lo' ? { ok: true, value: text } : parseIfname(text);
}

/** Free text for people (label, lab name): any Unicode without control characters, 1 to 100 characters. */
export function parseText(text: string): Parsed<string> {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is the purpose.
  const bad = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff]|\p{Surrogate}/u;
  if (bad.test(text)) {
    const cleaned = cut(text.replace(new RegExp(bad.source, 'gu'), ' ').replace(/\s+/g, ' ').trim());
    return refused(
      'text.characters',
      `${quoted(text)} contains a control character or line break.`,
      cleaned === '' ? 'Untitled' : cleaned,
    );
  }
  const length = [...text].length;
  if (text.trim() === '') return refused('text.length', 'The text is empty.', 'Untitled');
  if (length > maximumTextLength) {
    return refused('text.length', `The text has ${length} characters; at most ${maximumTextLength} fit.`, cut(text));
  }
  return { ok: true, value: text };
}

/** Whether every object has a property of this name (`constructor`, `toString`, …). */
function isObjectProperty(text: string): boolean {
  return text in Object.prototype;
}

function checkName(text: string, what: 'node' | 'interface' | 'command', limit: number, fallback: string) {
  if (isObjectProperty(text)) {
    const offer = /^[A-Za-z]/.test(text) ? `${text.slice(0, limit - 1)}1` : fallback;
    return refused('name.reserved', `"${text}" has a meaning of its own in programs that read labs.`, offer);
  }
  if (!alphabet.test(text)) return refused('name.syntax', syntaxDetail(text, what), usableName(text, limit, fallback));
  if (text.length > limit) {
    const detail = `${quoted(text)} has ${text.length} characters; the name of ${what === 'interface' ? 'an' : 'a'} ${what} has at most ${limit}.`;
    return refused('name.length', detail, usableName(text, limit, fallback));
  }
  return null;
}

function syntaxDetail(text: string, what: string): string {
  if (text === '') return `The ${what} has no name. ${rule}.`;
  if (text.includes('%')) return `${quoted(text)} contains "%", which the kernel replaces by a number. ${rule}.`;
  const bad = [...text].find((character) => !/[A-Za-z0-9_.-]/.test(character));
  if (bad === undefined) return `${quoted(text)} begins with "${text.slice(0, 1)}". ${rule}.`;
  return `${quoted(text)} contains ${quoted(bad)}. ${rule}.`;
}

/** The nearest name that the rules allow. */
function usableName(text: string, limit: number, fallback: string): string {
  const name = text
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .replace(/[^A-Za-z0-9_.-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+/, '')
    .slice(0, limit)
    .replace(/[^A-Za-z0-9]+$/, '');
  return name === '' || isObjectProperty(name) || reservedIfnames.has(name) ? fallback : name;
}

function cut(text: string): string {
  return [...text].slice(0, maximumTextLength).join('').trim();
}
