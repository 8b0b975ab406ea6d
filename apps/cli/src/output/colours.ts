import type { WriteStream } from 'node:tty';

export type Colour = 'red' | 'yellow' | 'green' | 'dim' | 'bold';

/** ECMA-48 "select graphic rendition": on and off. */
const codes: Readonly<Record<Colour, readonly [number, number]>> = {
  red: [31, 39],
  yellow: [33, 39],
  green: [32, 39],
  dim: [2, 22],
  bold: [1, 22],
};

/** Colours text for `stream`: only on a terminal that can, and never when NO_COLOR is set (https://no-color.org). */
export function painterFor(
  stream: Pick<WriteStream, 'isTTY'>,
  env: NodeJS.ProcessEnv = process.env,
): (colour: Colour, text: string) => string {
  const wanted = stream.isTTY === true && (env.NO_COLOR ?? '') === '' && env.TERM !== 'dumb';
  return (colour, text) => {
    const [on, off] = codes[colour];
    return wanted ? `\u001b[${on}m${text}\u001b[${off}m` : text;
  };
}
