import { classNames } from '../../ui';
import { endLabel } from '../geometry/end-label';
import type { WirePath } from '../geometry/wire-path';
import type { LinkChoice } from '../labels/label-plan';
import type { EndText } from './edge-data';

/** Interface name, state and addresses beside both ends. Lines without room are drawn for the pointer and the selection only. */
export function EndLabels({
  path,
  labels,
  choices,
}: {
  readonly path: WirePath;
  readonly labels: readonly [EndText, EndText];
  readonly choices: LinkChoice['ends'];
}): React.JSX.Element {
  const ends = (['first', 'second'] as const).map((end, index) => {
    const text = labels[index === 0 ? 0 : 1];
    const { flipped, lines } = choices[index === 0 ? 0 : 1];
    return { end, lines, label: endLabel(path, end, text, flipped) };
  });
  return (
    <>
      {ends.map(({ end, label, lines }) => (
        <g key={end} textAnchor={label.anchor}>
          {label.lines.map((line, index) => (
            <text
              key={`${line.of} ${line.text}`}
              className={classNames(`vl-end-${line.of}`, index >= lines && 'vl-no-room')}
              x={line.x}
              y={line.y}
            >
              {line.text}
            </text>
          ))}
        </g>
      ))}
    </>
  );
}
