import type { FeatureName } from '@vethlab/observed';
import {
  formatDelay,
  formatPercent,
  formatRate,
  type Impairment,
  type ImpairmentField,
  impairmentDiagnostics,
  limitProblem,
  type Parsed,
  parseDelay,
  parsePercent,
  parseRate,
  refused,
} from '@vethlab/topology';
import { checkWith, optional } from '../fields/checks';
import type { Complaint } from '../fields/use-draft';

/** One value of an impairment as a field of the form. */
export interface FieldKind {
  readonly field: ImpairmentField;
  readonly label: string;
  readonly placeholder: string;
  readonly parse: (text: string) => Parsed<number>;
  readonly format: (value: number) => string;
}

export const usualFields: readonly FieldKind[] = [
  { field: 'delayMs', label: 'Delay', placeholder: '20ms', parse: parseDelay, format: formatDelay },
  { field: 'jitterMs', label: 'Jitter', placeholder: '5ms', parse: parseDelay, format: formatDelay },
  { field: 'lossPercent', label: 'Loss', placeholder: '1%', parse: parsePercent, format: formatPercent },
  { field: 'rateBitsPerSecond', label: 'Rate', placeholder: '10mbit', parse: parseRate, format: formatRate },
];

export const rareFields: readonly FieldKind[] = [
  { field: 'duplicatePercent', label: 'Duplicate', placeholder: '1%', parse: parsePercent, format: formatPercent },
  { field: 'reorderPercent', label: 'Reorder', placeholder: '25%', parse: parsePercent, format: formatPercent },
  { field: 'corruptPercent', label: 'Corrupt', placeholder: '0.1%', parse: parsePercent, format: formatPercent },
  { field: 'limitPackets', label: 'Queue', placeholder: '1000', parse: parsePackets, format: String },
];

/** What is typed into a field, against the rest of the impairment: the same rules as the server's. */
export function checkValue(kind: FieldKind, rest: Impairment | undefined): (text: string) => Complaint | null {
  return (text) => {
    const complaint = optional(checkWith(kind.parse))(text);
    if (complaint !== null) return complaint;
    const made = withValue(rest, kind, text);
    const [problem] = made === null ? [] : impairmentDiagnostics([], made);
    return problem === undefined ? null : { text: problem.detail };
  };
}

/** The impairment with what is typed; null when nothing is left of it. Only for a text that the parser takes. */
export function withValue(rest: Impairment | undefined, { field, parse }: FieldKind, text: string): Impairment | null {
  const { [field]: _, ...others } = rest ?? {};
  const written = text.trim();
  const parsed = written === '' ? null : parse(written);
  const made: Impairment = parsed?.ok === true ? { ...others, [field]: parsed.value } : others;
  return Object.keys(made).length === 0 ? null : made;
}

/** What a value needs of the kernel, next to what else is said. */
export function featureOf(field: ImpairmentField, impairment: Impairment | undefined): FeatureName {
  if (field === 'rateBitsPerSecond') return 'tbf';
  return field === 'limitPackets' && impairment?.rateBitsPerSecond !== undefined ? 'tbf' : 'netem';
}

function parsePackets(text: string): Parsed<number> {
  if (!/^\d{1,9}$/.test(text))
    return refused('impairment.limit', `“${text}” is not a whole number of packets.`, '1000');
  const packets = Number(text);
  const problem = limitProblem(packets);
  return problem === null ? { ok: true, value: packets } : { ok: false, problem };
}
