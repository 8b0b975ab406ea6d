import type { Diagnostic, DocumentPath } from '../model/diagnostic.js';
import { type Impairment, impairmentFields, impairmentKeys } from '../model/impairment.js';
import { delayProblem, limitProblem, percentProblem, rateProblem } from '../model/parse-impairment.js';
import { diagnostic, diagnosticAt, type Problem } from '../model/problem.js';

const problemOf: Readonly<Record<keyof Impairment, (value: number) => Problem | null>> = {
  delayMs: delayProblem,
  jitterMs: delayProblem,
  lossPercent: percentProblem,
  duplicatePercent: percentProblem,
  reorderPercent: percentProblem,
  corruptPercent: percentProblem,
  rateBitsPerSecond: rateProblem,
  limitPackets: limitProblem,
};

/** What is wrong with an impairment. Paths have the keys of the lab file. */
export function impairmentDiagnostics(path: DocumentPath, impairment: Impairment): readonly Diagnostic[] {
  if (impairmentFields.every((field) => impairment[field] === undefined))
    return [diagnostic('impairment.empty', path, 'Nothing is done to the packets.')];
  const found: Diagnostic[] = [];
  for (const field of impairmentFields) {
    const value = impairment[field];
    const problem = value === undefined ? null : problemOf[field](value);
    if (problem !== null) found.push(diagnosticAt([...path, impairmentKeys[field]], problem));
  }
  if (impairment.delayMs === undefined) {
    const fix = { label: 'Use a delay of 20ms', value: '20ms' };
    if (impairment.jitterMs !== undefined) {
      const detail = 'Jitter is how far a delay varies, and there is no delay: add one.';
      found.push(diagnostic('impairment.needs-delay', [...path, impairmentKeys.jitterMs], detail, fix));
    }
    if (impairment.reorderPercent !== undefined) {
      const detail = 'Packets overtake those that wait for their delay, and there is no delay: add one.';
      found.push(diagnostic('impairment.needs-delay', [...path, impairmentKeys.reorderPercent], detail, fix));
    }
  }
  return found;
}
