import { keyParts } from './key-names';

/** A shortcut as the keyboard of this machine names it. `keys` in the notation of the actions registry: `mod+shift+z`. */
export function Kbd({ keys }: { readonly keys: string }): React.JSX.Element {
  return (
    <span className="inline-flex gap-0.5 text-muted">
      {keyParts(keys).map((part) => (
        <kbd
          key={part}
          className="min-w-5 rounded border border-line bg-sunken px-1 text-center font-sans text-[0.6875rem] leading-4"
        >
          {part}
        </kbd>
      ))}
    </span>
  );
}
