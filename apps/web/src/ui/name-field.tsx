import { type KeyboardEvent, useRef, useState } from 'react';
import { classNames } from './class-names';

export interface NameFieldProps {
  readonly label: string;
  readonly name: string;
  readonly maxLength: number;
  /** Once: with the new text, or null when it was left with Esc or not changed. */
  readonly onDone: (name: string | null) => void;
  readonly className?: string;
}

/** Renaming in place: Enter and leaving the field take the name, Esc keeps the old one. */
export function NameField({ label, name, maxLength, onDone, className }: NameFieldProps): React.JSX.Element {
  const [text, setText] = useState(name);
  // Taking the field away makes some browsers send a last blur.
  const done = useRef(false);
  const finish = (keep: boolean): void => {
    if (done.current) return;
    done.current = true;
    const trimmed = text.trim();
    onDone(keep && trimmed !== '' && trimmed !== name ? trimmed : null);
  };
  const key = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') finish(true);
    if (event.key === 'Escape') finish(false);
  };
  return (
    <input
      aria-label={label}
      // biome-ignore lint/a11y/noAutofocus: the person has just asked to write here.
      autoFocus
      value={text}
      maxLength={maxLength}
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => setText(event.currentTarget.value)}
      onKeyDown={key}
      onBlur={() => finish(true)}
      className={classNames('h-8 rounded-md border border-line-strong bg-surface px-2 text-sm', className)}
    />
  );
}
