import {
  type Diagnostic,
  maximumMetric,
  type Parsed,
  type Problem,
  parseDestination,
  parseIfname,
  parseIpAddress,
  type Route,
} from '@vethlab/topology';
import { workingFix } from '../fields/checks';
import type { Complaint } from '../fields/use-draft';

/** A route as it stands in its four fields. */
export interface RouteDraft {
  readonly to: string;
  readonly via: string;
  readonly dev: string;
  readonly metric: string;
}

export type RouteField = keyof RouteDraft;
const routeFields: readonly RouteField[] = ['to', 'via', 'dev', 'metric'];

export const emptyRoute: RouteDraft = { to: '', via: '', dev: '', metric: '' };

export function draftOf(route: Route): RouteDraft {
  return { to: route.to, via: route.via ?? '', dev: route.dev ?? '', metric: route.metric?.toString() ?? '' };
}

export type RouteParse =
  | { readonly ok: true; readonly route: Route }
  | { readonly ok: false; readonly complaints: Readonly<Partial<Record<RouteField, Complaint>>> };

/** The route of a draft, or what is wrong at which field. */
export function parseRoute(draft: RouteDraft): RouteParse {
  const complaints: Partial<Record<RouteField, Complaint>> = {};
  const [toText, viaText, devText, metricText] = [draft.to, draft.via, draft.dev, draft.metric].map((text) =>
    text.trim(),
  );
  const to = parseDestination(toText ?? '');
  if (!to.ok) complaints.to = destinationComplaint(toText ?? '', to.problem);
  const via = viaText ? parseIpAddress(viaText) : null;
  if (via?.ok === false) complaints.via = complaintOf(parseIpAddress, via.problem);
  const dev = devText ? parseIfname(devText) : null;
  if (dev?.ok === false) complaints.dev = complaintOf(parseIfname, dev.problem);
  if (!viaText && !devText) complaints.via = { text: 'A route needs a gateway (via), an interface (dev), or both.' };
  const metric = metricText ? Number(metricText) : null;
  if (metric !== null && !(/^\d+$/.test(metricText ?? '') && metric <= maximumMetric)) {
    complaints.metric = { text: `The metric is a whole number from 0 to ${maximumMetric}.`, fix: '100' };
  }
  if (Object.keys(complaints).length > 0 || !to.ok) return { ok: false, complaints };
  return {
    ok: true,
    route: {
      to: to.value,
      ...(via?.ok === true ? { via: via.value } : {}),
      ...(dev?.ok === true ? { dev: dev.value } : {}),
      ...(metric === null ? {} : { metric }),
    },
  };
}

function complaintOf<Value>(parse: (text: string) => Parsed<Value>, problem: Problem): Complaint {
  const fix = workingFix(parse, problem);
  return fix === undefined ? { text: problem.detail } : { text: problem.detail, fix };
}

/** What has no digit and no colon was meant as a word, and there is one word for a destination. */
function destinationComplaint(text: string, problem: Problem): Complaint {
  if (/[\d:]/.test(text)) return complaintOf(parseDestination, problem);
  return { text: `“${text}” is not a destination: write default, or a network such as 10.0.0.0/24.`, fix: 'default' };
}

/** The value that a refusal offers, and the field of the row it belongs into. */
export function refusedField(diagnostic: Diagnostic): { readonly field: RouteField; readonly value: string } | null {
  const value = diagnostic.fix?.value;
  const last = diagnostic.path.at(-1);
  const field = routeFields.find((candidate) => candidate === last);
  return value === undefined || field === undefined ? null : { field, value };
}

export function sameRoute(a: RouteDraft, b: RouteDraft): boolean {
  return a.to === b.to && a.via === b.via && a.dev === b.dev && a.metric === b.metric;
}
