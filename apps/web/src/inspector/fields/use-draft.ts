import { type KeyboardEvent, useState } from 'react';
import type { EditOutcome } from '../../lab';
import type { FieldProblem } from '../../ui';
import { nextStep } from './next-step';
import { problemOf, problemOfRefusal } from './problems';

/** What a check says of a text: nothing, or what is wrong with it and a value that would work. */
export interface Complaint {
  readonly text: string;
  readonly fix?: string;
  readonly severity?: FieldProblem['severity'];
}

export interface DraftOptions {
  /** What the document says. */
  readonly value: string;
  /** Runs at every key, with the same parser as the server. Null: the text would be accepted. */
  readonly check: (text: string) => Complaint | null;
  /** Sends it; called only with a text that passed the check and differs from the value. Null: there was nothing to send. */
  readonly commit: (text: string) => Promise<EditOutcome> | null;
  /** An empty draft after each commit, for the field that adds one more. */
  readonly clearAfter?: boolean;
}

export interface Draft {
  readonly text: string;
  readonly problem: FieldProblem | null;
  readonly setText: (text: string) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onBlur: () => void;
  /** Commits a value that did not come from the keyboard, such as a fix or a filler. */
  readonly use: (text: string) => void;
}

/**
 * A text on its way into the document. Enter commits, Esc reverts, leaving commits if valid. What is refused stays in the field
 * with the reason; nothing that was typed is lost. While the field is untouched it follows the document.
 */
export function useDraft({ value, check, commit, clearAfter = false }: DraftOptions): Draft {
  const [draft, setDraft] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<FieldProblem | null>(null);
  const text = draft ?? value;
  const complaint = draft === null || draft === value ? null : check(draft);

  const send = async (wanted: string): Promise<void> => {
    const step = nextStep(wanted, value, check, clearAfter);
    if (step === 'revert') setDraft(null);
    if (step !== 'send') return;
    const outcome = await commit(wanted);
    if (outcome === null) return;
    if (outcome.ok) {
      // Typed on while the answer was under way: that newer text stays.
      setDraft((now) => (now === wanted ? null : now));
      setRefusal(null);
      return;
    }
    setRefusal(problemOfRefusal(outcome, use));
  };
  const use = (wanted: string): void => {
    setDraft(wanted);
    setRefusal(null);
    void send(wanted);
  };
  return {
    text,
    problem: problemOf(complaint, use) ?? refusal,
    setText: (next) => {
      setDraft(next);
      setRefusal(null);
    },
    use,
    onKeyDown: (event) => {
      if (event.key === 'Enter') {
        event.preventDefault();
        void send(text);
      } else if (event.key === 'Escape' && draft !== null) {
        event.preventDefault();
        event.stopPropagation();
        setDraft(null);
        setRefusal(null);
      }
    },
    onBlur: () => {
      if (draft !== null) void send(draft);
    },
  };
}
