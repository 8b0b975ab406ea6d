import type { Observed } from '@vethlab/observed';
import {
  type EndpointText,
  type Interface,
  interfaceEntries,
  type Node,
  type VrfName,
  vrfAt,
  vrfEntries,
} from '@vethlab/topology';
import { deviceMark, deviceWords } from './device-words';
import { type Appearance, appearanceOf, appearanceWord, observedInterface } from './endpoint-state';

/** An interface as it is drawn inside of its node: a dot with a word or two. */
export interface InnerItem {
  readonly endpoint: EndpointText;
  readonly appearance: Appearance;
  /** `VXLAN 42`; of a member that is the end of a link, its name. */
  readonly text: string;
  /** All of it, for the pointer. */
  readonly title: string;
}

/** A line of dots below the name of a node: what is in one VRF, or interfaces that are in none and no end of a link. */
export interface InnerLine {
  /** Null: in no VRF. */
  readonly vrf: VrfName | null;
  readonly title: string;
  /** A VRF that the kernel does not have (yet). */
  readonly planned: boolean;
  readonly items: readonly InnerItem[];
  /** How many more there are, for which the line has no room. */
  readonly more: number;
}

/** Characters of a line; the style sheet cuts what is longer (labels/caption-box.ts). */
const longestLine = 24;
/** Lines of a node: more would reach into the next row of nodes. The inspector has all. */
const mostLines = 4;

/** What of a node is drawn as dots inside of it: its VRFs as regions with their members, and its devices. */
export function innerLines(name: string, node: Node, observed: Observed): readonly InnerLine[] {
  const item = (ifname: string, { device }: Interface): InnerItem => {
    const appearance = appearanceOf(observedInterface(observed, name, ifname));
    const what = device === undefined ? '' : `, ${deviceWords(device)}`;
    return {
      endpoint: `${name}:${ifname}`,
      appearance,
      text: device === undefined ? ifname : deviceMark(device),
      title: `${ifname}${what}, ${appearanceWord[appearance]}`,
    };
  };
  const regions = vrfEntries(node).flatMap(([vrf, { table, interfaces }]) => {
    const members = interfaces.flatMap((ifname) => {
      const wanted = Object.hasOwn(node.interfaces, ifname) ? node.interfaces[ifname] : undefined;
      return wanted === undefined ? [] : [item(ifname, wanted)];
    });
    const planned = observedInterface(observed, name, vrf) === null;
    const title = `VRF ${vrf}, table ${table}${planned ? `, ${appearanceWord.planned}` : ''}`;
    return [{ vrf, title, planned, ...fitting(members, vrf.length + 1) }];
  });
  const outside = interfaceEntries(node)
    .filter(([ifname, { device }]) => device !== undefined && vrfAt(node, ifname) === null)
    .map(([ifname, wanted]) => item(ifname, wanted));
  return [...regions, ...inLines(outside)].slice(0, mostLines);
}

/** What a line reads like, for what it covers: a dot takes two characters. */
export function lineText({ vrf, items, more }: InnerLine): string {
  const dots = items.map(({ text }) => `o ${text}`);
  return [...(vrf === null ? [] : [vrf]), ...dots, ...(more === 0 ? [] : [`+${more}`])].join(' ');
}

/** As many as a line has room for, and at least one. */
function fitting(items: readonly InnerItem[], used: number): Pick<InnerLine, 'items' | 'more'> {
  let length = used;
  let count = 0;
  for (const { text } of items) {
    length += text.length + 3;
    if (count > 0 && length > longestLine) break;
    count += 1;
  }
  return { items: items.slice(0, count), more: items.length - count };
}

function inLines(items: readonly InnerItem[]): readonly InnerLine[] {
  const lines: InnerLine[] = [];
  for (let rest = items; rest.length > 0; ) {
    const isLast = lines.length === mostLines - 1;
    const line = fitting(rest, 0);
    lines.push({ vrf: null, title: '', planned: false, items: line.items, more: isLast ? line.more : 0 });
    rest = isLast ? [] : rest.slice(line.items.length);
  }
  return lines;
}

/** For screen readers: `VRF red of eth0 and eth1; VXLAN 42, 10.0.1.1 → 10.0.2.1`. Null: neither VRFs nor devices. */
export function describeInner(node: Node): string | null {
  const parts = [
    ...vrfEntries(node).map(([vrf, { interfaces }]) =>
      interfaces.length === 0 ? `VRF ${vrf}, empty` : `VRF ${vrf} of ${interfaces.join(' and ')}`,
    ),
    ...interfaceEntries(node).flatMap(([ifname, { device }]) =>
      device === undefined ? [] : [`${ifname} ${deviceWords(device)}`],
    ),
  ];
  return parts.length === 0 ? null : parts.join('; ');
}
