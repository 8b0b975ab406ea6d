import type { CommandRef } from '@vethlab/protocol';
import { useEffect, useRef } from 'react';
import { rest } from '../../../connection/rest-client';
import { visibleText } from '../../../format/visible-text';
import { labStore } from '../../../lab';
import { CopyButton } from '../../../ui';
import { usePolled } from './use-polled';

/** Often enough to seem live, seldom enough to cost nothing. */
const everyMs = 500;

/** Characters that are kept on the page: what the server keeps, once more. */
const maximumLength = 128 * 1024;

/** Nearer to the end than this, the log follows what is printed. */
const followPixels = 24;

interface Shown {
  readonly text: string;
  readonly next: number;
  /** Something that was printed before is not shown any more. */
  readonly isCut: boolean;
}

/** What a command prints, stdout and stderr together, as text. It follows the end until somebody scrolls back. */
export function CommandLogView({ node, name }: CommandRef): React.JSX.Element {
  const { value, problem } = usePolled<Shown>(`${node}:${name}`, everyMs, (before) => readMore({ node, name }, before));
  const box = useRef<HTMLPreElement>(null);
  const follows = useRef(true);
  const text = value?.text ?? '';
  // biome-ignore lint/correctness/useExhaustiveDependencies: more text is what moves the end.
  useEffect(() => {
    if (follows.current && box.current !== null) box.current.scrollTop = box.current.scrollHeight;
  }, [text]);
  return (
    <div className="flex flex-col gap-1">
      <div className="flex items-center gap-2 text-xs text-muted">
        <span className="flex-1">
          Log of {name}
          {value?.isCut === true ? ' · the beginning is not kept' : ''}
        </span>
        <CopyButton text={text} label={`Copy the log of ${name}`} />
      </div>
      {problem === null ? null : <p className="text-xs text-failing">✕ {problem}</p>}
      <pre
        ref={box}
        role="log"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
        tabIndex={0}
        aria-label={`Log of ${name}`}
        onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
          follows.current = scrollHeight - scrollTop - clientHeight < followPixels;
        }}
        className="max-h-64 min-h-12 overflow-auto rounded-lg border border-line bg-sunken p-2 font-mono text-xs leading-5 break-words whitespace-pre-wrap"
      >
        {text === '' ? <span className="text-muted">Nothing was printed yet.</span> : text}
      </pre>
    </div>
  );
}

async function readMore(ref: CommandRef, before: Shown | null): Promise<Shown> {
  const { labId } = labStore.getState();
  if (labId === null) return before ?? { text: '', next: 0, isCut: false };
  let log = await rest.commandLog(labId, ref, before?.next ?? 0);
  // The lab was started anew, and the count of bytes with it.
  const isNew = before !== null && log.next < before.next;
  if (isNew) log = await rest.commandLog(labId, ref, 0);
  const old = before === null || isNew ? null : before;
  if (old !== null && log.text === '') return old;
  const isGap = log.from > (old?.next ?? 0);
  const shown = log.text.split('\n').map(visibleText).join('\n');
  const all = `${isGap ? '' : (old?.text ?? '')}${shown}`;
  return {
    text: all.slice(-maximumLength),
    next: log.next,
    isCut: isGap || (old?.isCut ?? false) || all.length > maximumLength,
  };
}
