import { describe, expect, it } from 'vitest';
import { searchMarks, terminalThemes } from './themes';

/** Relative luminance of sRGB (WCAG 2.2). */
function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

function contrast(one: string, other: string): number {
  const [bright, dim] = [luminance(one), luminance(other)].toSorted((a, b) => b - a);
  return (bright! + 0.05) / (dim! + 0.05);
}

const names = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'] as const;
const bright = [
  'brightBlack',
  'brightRed',
  'brightGreen',
  'brightYellow',
  'brightBlue',
  'brightMagenta',
  'brightCyan',
  'brightWhite',
] as const;

describe.each(['light', 'dark'] as const)('the %s terminal', (kind) => {
  const theme = terminalThemes[kind];
  it.each(['foreground', ...names, ...bright] as const)('shows %s with at least 4.5:1 on its background', (name) => {
    expect(contrast(theme[name]!, theme.background!)).toBeGreaterThanOrEqual(4.5);
  });

  it('shows text on a selection and on the marks of the search with at least 4.5:1', () => {
    for (const behind of [theme.selectionBackground!, ...Object.values(searchMarks[kind])])
      expect(contrast(theme.foreground!, behind)).toBeGreaterThanOrEqual(4.5);
  });

  it('draws the cursor with at least 3:1', () => {
    expect(contrast(theme.cursor!, theme.background!)).toBeGreaterThanOrEqual(3);
    expect(contrast(theme.cursorAccent!, theme.cursor!)).toBeGreaterThanOrEqual(4.5);
  });
});
