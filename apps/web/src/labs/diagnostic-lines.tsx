import type { Diagnostic } from '@vethlab/topology';

/** Problems of a file, each with its place, as an editor would name it. */
export function DiagnosticLines({
  diagnostics,
}: {
  readonly diagnostics: readonly Diagnostic[];
}): React.JSX.Element | null {
  if (diagnostics.length === 0) return null;
  return (
    <ol className="mt-2 flex max-h-72 flex-col gap-1 overflow-auto">
      {diagnostics.map((diagnostic) => (
        <li
          key={`${diagnostic.code} ${diagnostic.line} ${diagnostic.column} ${diagnostic.path.join('.')}`}
          className="flex gap-3"
        >
          <span className="w-32 shrink-0 text-xs leading-5 text-muted tabular-nums">{placeOf(diagnostic)}</span>
          <span className="min-w-0 break-words">
            {diagnostic.summary} <span className="text-muted">{diagnostic.detail}</span>
          </span>
        </li>
      ))}
    </ol>
  );
}

function placeOf(diagnostic: Diagnostic): string {
  if (diagnostic.line === undefined) return diagnostic.path.length === 0 ? 'file' : diagnostic.path.join('.');
  return `line ${diagnostic.line}${diagnostic.column === undefined ? '' : `, column ${diagnostic.column}`}`;
}
