import { isMap, type ParsedNode } from 'yaml';
import { columnOf, isFirstOnLine, isFlow, type Place } from './source-places.js';
import type { Splices } from './splices.js';
import type { FileValue } from './yaml-text.js';

/** Something new in a collection, and what it stands behind; null: at the beginning. */
export interface Addition {
  readonly after: Place | null;
  readonly flow: string;
  readonly key: string;
  readonly value: FileValue;
}

/** Takes records out of a collection and puts new ones in, in the manner in which it is written. */
export function changeCollection(
  splices: Splices,
  node: ParsedNode,
  places: readonly Place[],
  leaving: ReadonlySet<Place>,
  additions: readonly Addition[],
  linesOf: (addition: Addition, indent: number) => readonly string[],
): void {
  if (leaving.size === 0 && additions.length === 0) return;
  if (isFlow(node)) changeFlow(splices, node, places, leaving, additions);
  else changeBlock(splices, node, places, leaving, additions, linesOf);
}

function changeBlock(
  splices: Splices,
  node: ParsedNode,
  places: readonly Place[],
  leaving: ReadonlySet<Place>,
  additions: readonly Addition[],
  linesOf: (addition: Addition, indent: number) => readonly string[],
): void {
  const { source } = splices;
  const [first] = places;
  const last = places.at(-1);
  if (first === undefined || last === undefined) return;
  const indent = columnOf(source, first.start);
  if (leaving.size === places.length && additions.length === 0) {
    const text = isMap(node) ? '{}' : '[]';
    const comments = splices.commentsIn(first.start, last.end).map((comment) => `${' '.repeat(indent)}${comment}`);
    splices.replace(first.start, last.end, `${text}${splices.asBlock(comments)}`);
    return;
  }
  const staying = places.find((place) => !leaving.has(place));
  const sharesLine = leaving.has(first) && !isFirstOnLine(source, first.start);
  if (sharesLine && staying === undefined) {
    const lines = additions.flatMap((addition) => linesOf(addition, indent));
    splices.replaceKeepingComments(first.start, last.end, splices.asBlock(lines).trimStart(), indent);
    return;
  }
  // The first entry of a list's item shares its line with the dash: the next entry that stays takes its place there.
  if (sharesLine && staying !== undefined) splices.replaceKeepingComments(first.start, staying.start, '', indent);
  for (const place of places) {
    const isGone = sharesLine && staying !== undefined && place.start < staying.start;
    if (leaving.has(place) && !isGone) splices.removeLines(place.start, place.end, indent);
  }
  for (const addition of additions) {
    const lines = linesOf(addition, indent);
    if (addition.after !== null) splices.insertLinesAfter(addition.after.end, lines);
    else if (isFirstOnLine(source, first.start)) splices.insertLinesBefore(first.start, lines);
    else splices.insertLinesAfter(last.end, lines);
  }
}

function changeFlow(
  splices: Splices,
  node: ParsedNode,
  places: readonly Place[],
  leaving: ReadonlySet<Place>,
  additions: readonly Addition[],
): void {
  const { source } = splices;
  const staying = places.filter((place) => !leaving.has(place));
  if (staying.length === 0) {
    const [open, close, space] = isMap(node) ? ['{', '}', ' '] : ['[', ']', ''];
    const inner = additions.map(({ flow }) => flow).join(', ');
    const text = inner === '' ? `${open}${close}` : `${open}${space}${inner}${space}${close}`;
    splices.replaceKeepingComments(node.range[0], node.range[1], text, columnOf(source, node.range[0]));
    return;
  }
  for (let index = 0; index < places.length; index += 1) {
    const place = places[index];
    if (place === undefined || !leaving.has(place)) continue;
    let lastLeaving = place;
    const previous = places[index - 1];
    for (let next = places[index + 1]; next !== undefined && leaving.has(next); next = places[index + 1]) {
      lastLeaving = next;
      index += 1;
    }
    const following = places[index + 1];
    const column = columnOf(source, place.start);
    if (following !== undefined) splices.replaceKeepingComments(place.start, following.start, '', column);
    else splices.replaceKeepingComments(previous?.end ?? place.start, lastLeaving.end, '', column);
  }
  for (const { after, flow } of additions) {
    const anchor = after === null || !leaving.has(after) ? after : staysBefore(places, leaving, after);
    const first = staying[0];
    if (anchor !== null) splices.insert(anchor.end, `, ${flow}`);
    else if (first !== undefined) splices.insert(first.start, `${flow}, `);
  }
}

function staysBefore(places: readonly Place[], leaving: ReadonlySet<Place>, place: Place): Place | null {
  const before = places.slice(0, places.indexOf(place)).filter((other) => !leaving.has(other));
  return before.at(-1) ?? null;
}
