import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { IconButton } from './icon-button';

/** Long enough to be seen, short enough not to be in the way of a second copy. */
const confirmationMs = 1500;

export interface CopyButtonProps {
  /** What lands on the clipboard; a function when it is costly to make. */
  readonly text: string | (() => string);
  readonly label?: string;
}

export function CopyButton({ text, label = 'Copy' }: CopyButtonProps): React.JSX.Element {
  const [state, setState] = useState<'idle' | 'copied' | 'refused'>('idle');
  useEffect(() => {
    if (state === 'idle') return;
    const timer = setTimeout(() => setState('idle'), confirmationMs);
    return () => clearTimeout(timer);
  }, [state]);
  const copy = (): void => {
    // Absent on plain http from another machine: browsers give the clipboard to secure pages only.
    const clipboard: Clipboard | undefined = navigator.clipboard;
    if (clipboard === undefined) {
      setState('refused');
      return;
    }
    clipboard.writeText(typeof text === 'function' ? text() : text).then(
      () => setState('copied'),
      () => setState('refused'),
    );
  };
  const spoken = state === 'copied' ? 'Copied' : state === 'refused' ? 'The browser refused; select and copy' : label;
  return (
    <IconButton size="small" label={spoken} onClick={copy}>
      {state === 'copied' ? <Check className="text-up" /> : <Copy />}
    </IconButton>
  );
}
