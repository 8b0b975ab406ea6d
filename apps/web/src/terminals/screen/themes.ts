import type { ITheme } from '@xterm/xterm';

/** The sixteen colours of the terminal on this theme's surface; themes.test.ts computes that all can be read on it. */
export const terminalThemes: Readonly<Record<'light' | 'dark', ITheme>> = {
  light: {
    background: '#ffffff',
    foreground: '#16191d',
    cursor: '#2c5bcc',
    cursorAccent: '#ffffff',
    selectionBackground: '#c3d4f7',
    selectionInactiveBackground: '#e3e6ea',
    scrollbarSliderBackground: '#858d9766',
    scrollbarSliderHoverBackground: '#858d97aa',
    scrollbarSliderActiveBackground: '#858d97',
    black: '#16191d',
    red: '#b5212a',
    green: '#14713f',
    yellow: '#8a5300',
    blue: '#2c5bcc',
    magenta: '#8a2f9e',
    cyan: '#08638b',
    white: '#59616b',
    brightBlack: '#565e68',
    brightRed: '#c8232d',
    brightGreen: '#157a43',
    brightYellow: '#935900',
    brightBlue: '#3b69da',
    brightMagenta: '#9a38af',
    brightCyan: '#0a6f9b',
    brightWhite: '#3d444d',
  },
  dark: {
    background: '#14171a',
    foreground: '#e8eaed',
    cursor: '#8db2ff',
    cursorAccent: '#0b1a38',
    selectionBackground: '#34507f',
    selectionInactiveBackground: '#323841',
    scrollbarSliderBackground: '#727c8866',
    scrollbarSliderHoverBackground: '#727c88aa',
    scrollbarSliderActiveBackground: '#727c88',
    black: '#8b939d',
    red: '#ff8a86',
    green: '#55cd90',
    yellow: '#f0b352',
    blue: '#8db2ff',
    magenta: '#d9a0f0',
    cyan: '#70c5eb',
    white: '#d5d9de',
    brightBlack: '#a1a9b3',
    brightRed: '#ffa5a2',
    brightGreen: '#7fe0ad',
    brightYellow: '#f7ca7e',
    brightBlue: '#aec8ff',
    brightMagenta: '#e6bcf7',
    brightCyan: '#9adaf5',
    brightWhite: '#ffffff',
  },
};

/** Marks of the search: every hit, and the one that is shown. Hex only: the search addon takes nothing else. */
export const searchMarks: Readonly<
  Record<'light' | 'dark', { readonly matchBackground: string; readonly activeMatchBackground: string }>
> = {
  light: { matchBackground: '#fdf1da', activeMatchBackground: '#f5c879' },
  dark: { matchBackground: '#4a3812', activeMatchBackground: '#7d5a12' },
};
