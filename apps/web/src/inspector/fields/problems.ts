import type { EditOutcome } from '../../lab';
import type { FieldProblem } from '../../ui';
import type { Complaint } from './use-draft';

/** What a check complains of, as a field shows it. `use` takes the value that would work. */
export function problemOf(complaint: Complaint | null | undefined, use: (value: string) => void): FieldProblem | null {
  if (complaint === null || complaint === undefined) return null;
  const { text, fix, severity = 'error' } = complaint;
  return { severity, text, ...(fix === undefined ? {} : { fix: mend(fix, use) }) };
}

type Refused = Extract<EditOutcome, { readonly ok: false }>;

/** Why the server or the page's own check refused an edit. `use`, if given, takes the value that would work. */
export function problemOfRefusal({ diagnostics: [first] }: Refused, use?: (value: string) => void): FieldProblem {
  const value = first?.fix?.value;
  const text = first === undefined ? 'It was refused.' : `${first.summary} ${first.detail}`;
  return { severity: 'error', text, ...(value === undefined || use === undefined ? {} : { fix: mend(value, use) }) };
}

/** One step that puts a value into a field. */
function mend(value: string, use: (value: string) => void): NonNullable<FieldProblem['fix']> {
  return { label: `Use ${value}`, run: () => use(value) };
}
