import type { ReactNode } from 'react';
import { Field } from '../../ui';
import { type DraftOptions, useDraft } from './use-draft';

export interface DraftFieldProps extends DraftOptions {
  readonly label: string;
  readonly labelHidden?: boolean;
  readonly mono?: boolean;
  readonly placeholder?: string;
  readonly hint?: ReactNode;
  readonly className?: string;
  readonly inputMode?: 'numeric' | 'text';
  readonly disabled?: boolean;
}

/** A field of the document: live check below it, Enter commits, Esc reverts, leaving commits if valid. */
export function DraftField(props: DraftFieldProps): React.JSX.Element {
  const { value, check, commit, clearAfter, ...rest } = props;
  const draft = useDraft({ value, check, commit, ...(clearAfter === undefined ? {} : { clearAfter }) });
  return (
    <Field
      {...rest}
      value={draft.text}
      problem={draft.problem}
      onChange={(event) => draft.setText(event.target.value)}
      onKeyDown={draft.onKeyDown}
      onBlur={draft.onBlur}
    />
  );
}
