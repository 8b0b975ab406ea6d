import { useId, useRef } from 'react';
import { countLines, lineNumbers } from './line-notes';

/** Height of a line in pixels, as the class of the text below has it. */
const lineHeightPx = 20;
const paddingPx = 8;

export interface ScriptTextProps {
  readonly text: string;
  readonly onChange: (text: string) => void;
  readonly disabled: boolean;
  /** Lines that failed, from 1. */
  readonly failed: ReadonlySet<number>;
  /** The line to bring into sight; an object of its own each time, so that the same line can be asked for twice. */
  readonly shown: { readonly line: number } | null;
}

/** The script as text with its line numbers; failed lines have a mark in the gutter and a band behind them. */
export function ScriptText({ text, onChange, disabled, failed, shown }: ScriptTextProps): React.JSX.Element {
  const id = useId();
  const gutter = useRef<HTMLDivElement>(null);
  const bands = useRef<HTMLDivElement>(null);
  const lastShown = useRef<ScriptTextProps['shown']>(null);
  const follow = (field: HTMLTextAreaElement): void => {
    const shift = `translateY(${-field.scrollTop}px)`;
    if (gutter.current !== null) gutter.current.style.transform = shift;
    if (bands.current !== null) bands.current.style.transform = shift;
  };
  const show = (field: HTMLTextAreaElement | null): void => {
    if (field === null || shown === null || shown === lastShown.current) return;
    lastShown.current = shown;
    field.scrollTop = Math.max(0, (shown.line - 3) * lineHeightPx);
    follow(field);
  };
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="text-xs text-muted">
        Commands
      </label>
      <div className="relative flex h-64 overflow-hidden rounded-md border border-line-strong bg-surface font-mono text-xs leading-5">
        <div aria-hidden="true" className="relative w-12 shrink-0 overflow-hidden border-r border-line bg-sunken">
          <div ref={gutter} className="py-2">
            <pre className="pr-2 text-right text-muted tabular-nums">{lineNumbers(countLines(text))}</pre>
            {[...failed].map((line) => (
              <span
                key={line}
                className="absolute left-1 font-bold text-failing"
                style={{ top: paddingPx + (line - 1) * lineHeightPx }}
              >
                ✕
              </span>
            ))}
          </div>
        </div>
        <div className="relative min-w-0 flex-1">
          <div aria-hidden="true" className="pointer-events-none absolute inset-0 overflow-hidden">
            <div ref={bands}>
              {[...failed].map((line) => (
                <span
                  key={line}
                  data-failed-line={line}
                  className="absolute inset-x-0 block h-5 bg-failing-soft"
                  style={{ top: paddingPx + (line - 1) * lineHeightPx }}
                />
              ))}
            </div>
          </div>
          <textarea
            id={id}
            ref={show}
            value={text}
            disabled={disabled}
            wrap="off"
            spellCheck={false}
            autoComplete="off"
            placeholder={
              'ip netns add ns1\nip netns add ns2\nip link add veth0 netns ns1 type veth peer name veth1 netns ns2'
            }
            onChange={(event) => onChange(event.currentTarget.value)}
            onScroll={(event) => follow(event.currentTarget)}
            className="absolute inset-0 resize-none overflow-auto bg-transparent p-2 text-text outline-none placeholder:text-muted disabled:opacity-80"
          />
        </div>
      </div>
    </div>
  );
}
