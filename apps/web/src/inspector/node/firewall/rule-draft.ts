import {
  type ConnectionState,
  connectionStates,
  type FirewallAction,
  type FirewallChainName,
  type FirewallRule,
  type IpFamily,
  type Node,
  type Parsed,
  type Protocol,
  parseNetwork,
  parseRuleIfname,
  portProblem,
  ruleDiagnostics,
} from '@vethlab/topology';
import { workingFix } from '../../fields/checks';
import type { Complaint } from '../../fields/use-draft';

/** A rule as it stands in the form. Empty means any. */
export interface RuleDraft {
  readonly action: FirewallAction;
  readonly in: string;
  readonly out: string;
  readonly family: IpFamily | '';
  readonly from: string;
  readonly to: string;
  readonly protocol: Protocol | '';
  readonly port: string;
  readonly state: readonly ConnectionState[];
}

export type RuleField = Exclude<keyof RuleDraft, 'action'>;

export const emptyRule: RuleDraft = {
  action: 'accept',
  in: '',
  out: '',
  family: '',
  from: '',
  to: '',
  protocol: '',
  port: '',
  state: [],
};

export function ruleDraftOf(rule: FirewallRule): RuleDraft {
  return {
    action: rule.action,
    in: rule.in ?? '',
    out: rule.out ?? '',
    family: rule.family ?? '',
    from: rule.from ?? '',
    to: rule.to ?? '',
    protocol: rule.protocol ?? '',
    port: rule.port?.toString() ?? '',
    state: rule.state ?? [],
  };
}

export type RuleParse =
  | { readonly ok: true; readonly rule: FirewallRule }
  | { readonly ok: false; readonly complaints: Readonly<Partial<Record<RuleField, Complaint>>> };

/** The rule of a draft, or what is wrong at which field: the words of the parsers and checks that the server uses. */
export function parseRule(draft: RuleDraft, chain: FirewallChainName, node: Pick<Node, 'interfaces'>): RuleParse {
  const complaints: Partial<Record<RuleField, Complaint>> = {};
  const read = <Value>(
    field: 'in' | 'out' | 'from' | 'to',
    parse: (text: string) => Parsed<Value>,
  ): Value | undefined => {
    const text = draft[field].trim();
    if (text === '') return undefined;
    const parsed = parse(text);
    if (parsed.ok) return parsed.value;
    const fix = workingFix(parse, parsed.problem);
    complaints[field] = { text: parsed.problem.detail, ...(fix === undefined ? {} : { fix }) };
    return undefined;
  };
  const fields = {
    in: read('in', parseRuleIfname),
    out: read('out', parseRuleIfname),
    from: read('from', parseNetwork),
    to: read('to', parseNetwork),
  };
  const port = readPort(draft.port);
  if (port !== null && typeof port !== 'number') complaints.port = port;
  const rule: FirewallRule = {
    ...(fields.in === undefined ? {} : { in: fields.in }),
    ...(fields.out === undefined ? {} : { out: fields.out }),
    ...(draft.family === '' ? {} : { family: draft.family }),
    ...(fields.from === undefined ? {} : { from: fields.from }),
    ...(fields.to === undefined ? {} : { to: fields.to }),
    ...(draft.protocol === '' ? {} : { protocol: draft.protocol }),
    ...(typeof port === 'number' ? { port } : {}),
    ...(draft.state.length === 0 ? {} : { state: connectionStates.filter((state) => draft.state.includes(state)) }),
    action: draft.action,
  };
  for (const { path, detail, fix } of ruleDiagnostics([], chain, rule, node)) {
    const field = String(path[0] ?? '') as RuleField;
    complaints[field] ??= { text: detail, ...(fix === undefined ? {} : { fix: fix.value }) };
  }
  return Object.keys(complaints).length > 0 ? { ok: false, complaints } : { ok: true, rule };
}

/** Null: no port is asked for. */
export function readPort(text: string): number | Complaint | null {
  const written = text.trim();
  if (written === '') return null;
  const port = /^\d{1,9}$/.test(written) ? Number(written) : Number.NaN;
  const problem = portProblem(port);
  if (problem === null) return port;
  return { text: `“${written}” is not a port: use a whole number from 1 to 65535.`, fix: '80' };
}
