import type { Answer } from '@vethlab/protocol';
import type { Diagnostic, Edit, EditResult, LinkKey, NodeName } from '@vethlab/topology';
import type { EditOutcome } from './lab-state';

/** The outcome as this page's own check sees it, before the server has spoken. */
export function outcomeOf(result: EditResult): EditOutcome {
  if (!result.ok) return result;
  const { summary, warnings, created } = result;
  return { ok: true, summary, warnings, created: { nodes: created.nodes, links: created.links } };
}

/** The outcome as the server gave it. Its names passed the strict parsers there; the wire only forgets the brand. */
export function outcomeOfAccepted(answer: Extract<Answer, { readonly type: 'accepted' }>): EditOutcome {
  return {
    ok: true,
    summary: answer.summary,
    warnings: answer.warnings,
    created: {
      nodes: answer.created.nodes as readonly NodeName[],
      links: answer.created.links as readonly LinkKey[],
    },
  };
}

export type Refusal = Extract<EditOutcome, { readonly ok: false }>;

export function refusal(code: string, summary: string, detail: string, fix?: Diagnostic['fix']): Refusal {
  const diagnostic: Diagnostic = {
    code,
    severity: 'error',
    summary,
    detail,
    path: [],
    ...(fix === undefined ? {} : { fix }),
  };
  return { ok: false, diagnostics: [diagnostic] };
}

export function staleOutcome(edit: Edit): Refusal {
  return refusal(
    'edit.stale',
    'Somebody else changed the same thing first.',
    'What they did is shown now. Do it again if you still want it.',
    { label: 'Do it again', edit },
  );
}

export const notOpenOutcome = refusal(
  'lab.not-open',
  'The lab is not here yet.',
  'It opens as soon as the server answers.',
);

export const tooLargeCode = 'edit.too-large';

export function tooLargeOutcome(bytes: number): Refusal {
  const size = `${(bytes / 1e6).toFixed(1)} MB`;
  return refusal(
    tooLargeCode,
    'This is too much for one step.',
    `It would be a message of ${size}, and the server takes 1 MB. What is done in parts, with some hundred nodes each, fits.`,
  );
}

/** All problems as one paragraph, for a notice. */
export function diagnosticsText(diagnostics: readonly Diagnostic[]): string {
  return diagnostics.map((diagnostic) => diagnostic.detail || diagnostic.summary).join(' ');
}
