import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync(new URL('./theme.css', import.meta.url), 'utf8');
const colours = new Map(
  [...css.matchAll(/--color-([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)].map(([, name, light, dark]) => [
    name!,
    { light: light!, dark: dark! },
  ]),
);

/** Relative luminance of sRGB (WCAG 2.2). */
function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

function contrast(one: string, other: string, theme: 'light' | 'dark'): number {
  const [bright, dim] = [one, other].map((name) => luminance(colours.get(name)![theme])).toSorted((a, b) => b - a);
  return (bright! + 0.05) / (dim! + 0.05);
}

const surfaces = ['canvas', 'sunken', 'surface', 'raised', 'hover'];
const texts = ['text', 'muted', 'accent', 'up', 'admin-down', 'no-carrier', 'drift', 'ghost', 'failing', 'waiting'];

describe.each(['light', 'dark'] as const)('the %s theme', (theme) => {
  it.each(texts.flatMap((text) => surfaces.map((surface) => [text, surface] as const)))(
    'shows %s on %s with at least 4.5:1',
    (text, surface) => {
      expect(contrast(text, surface, theme)).toBeGreaterThanOrEqual(4.5);
    },
  );

  it.each([
    ['on-accent', 'accent'],
    ['on-accent', 'failing'],
    ['accent', 'accent-soft'],
    ['text', 'accent-soft'],
    ['muted', 'accent-soft'],
    ['up', 'up-soft'],
    ['drift', 'drift-soft'],
    ['failing', 'failing-soft'],
    ['waiting', 'waiting-soft'],
    ['no-carrier', 'no-carrier-soft'],
  ])('shows %s on %s with at least 4.5:1', (text, surface) => {
    expect(contrast(text, surface, theme)).toBeGreaterThanOrEqual(4.5);
  });

  it('draws the borders of controls with at least 3:1 (WCAG 1.4.11)', () => {
    for (const surface of ['surface', 'raised', 'canvas']) {
      expect(contrast('line-strong', surface, theme)).toBeGreaterThanOrEqual(3);
    }
  });
});
