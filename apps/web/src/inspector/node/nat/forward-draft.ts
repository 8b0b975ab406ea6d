import { type Parsed, type PortForward, parseIpAddress } from '@vethlab/topology';
import { workingFix } from '../../fields/checks';
import type { Complaint } from '../../fields/use-draft';
import { readPort } from '../firewall/rule-draft';

/** A port forward as it stands in the form. */
export interface ForwardDraft {
  readonly in: string;
  readonly protocol: 'tcp' | 'udp';
  readonly port: string;
  readonly to: string;
  readonly toPort: string;
}

export const emptyForward: ForwardDraft = { in: '', protocol: 'tcp', port: '', to: '', toPort: '' };

export type ForwardField = 'port' | 'to' | 'toPort';

export type ForwardParse =
  | { readonly ok: true; readonly forward: PortForward }
  | { readonly ok: false; readonly complaints: Readonly<Partial<Record<ForwardField, Complaint>>> };

/** The forward of a draft, or what is wrong at which field. */
export function parseForward(draft: ForwardDraft): ForwardParse {
  const complaints: Partial<Record<ForwardField, Complaint>> = {};
  const port = readPort(draft.port);
  if (port === null) complaints.port = { text: 'Which port of this node? 8080, for example.', fix: '8080' };
  else if (typeof port !== 'number') complaints.port = port;
  const toPort = readPort(draft.toPort);
  if (toPort !== null && typeof toPort !== 'number') complaints.toPort = toPort;
  const to = parseIpAddress(draft.to.trim());
  if (!to.ok) complaints.to = addressComplaint(parseIpAddress, to);
  if (Object.keys(complaints).length > 0 || !to.ok || typeof port !== 'number') return { ok: false, complaints };
  return {
    ok: true,
    forward: {
      ...(draft.in === '' ? {} : { in: draft.in as NonNullable<PortForward['in']> }),
      protocol: draft.protocol,
      port,
      to: to.value,
      ...(typeof toPort === 'number' && toPort !== port ? { toPort } : {}),
    },
  };
}

function addressComplaint<Value>(
  parse: (text: string) => Parsed<Value>,
  { problem }: Extract<Parsed<Value>, { readonly ok: false }>,
): Complaint {
  const fix = workingFix(parse, problem);
  return fix === undefined ? { text: problem.detail } : { text: problem.detail, fix };
}
