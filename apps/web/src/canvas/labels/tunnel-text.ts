import type { ArcText } from './probe-text';

/** The name of a tunnel on its arc, and what it covers. */
export function tunnelText(label: string): ArcText {
  return { text: label, width: label.length * 6.4 + 14, height: 18 };
}
