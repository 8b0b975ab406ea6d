import { CopyButton } from './copy-button';

/** One shell line in monospace, copyable. */
export function CommandLine({ command }: { readonly command: string }): React.JSX.Element {
  return (
    <span className="inline-flex max-w-full items-center gap-1 rounded-md border border-line bg-sunken py-0.5 pr-0.5 pl-2">
      <code className="min-w-0 font-mono text-xs break-words whitespace-pre-wrap">{command}</code>
      <CopyButton text={command} label="Copy command" />
    </span>
  );
}
