import type { Diagnostic } from '@vethlab/topology';

/** A problem document of the REST API (RFC 9457) as far as a person needs it; also made here when no server answers. */
export interface Problem {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly diagnostics: readonly Diagnostic[];
}

/** A request that came to nothing, with words to show. `status` 0: the server could not be reached. */
export class RequestFailed extends Error {
  readonly problem: Problem;

  constructor(problem: Problem, options?: ErrorOptions) {
    super(problem.detail === '' ? problem.title : problem.detail, options);
    this.name = 'RequestFailed';
    this.problem = problem;
  }
}

export const unreachable: Problem = {
  status: 0,
  code: 'connection.lost',
  title: 'The server does not answer.',
  detail: 'The server does not answer. Check that `npm start` is still running; this page goes on by itself.',
  diagnostics: [],
};

export const unauthorized: Problem = {
  status: 401,
  code: 'token.missing',
  title: 'This browser has no key to the server.',
  detail: 'This browser has no key to the server. Open the address that `npm start` printed, with its token.',
  diagnostics: [],
};

/** Reads the body of a refused request; whatever is missing gets plain words. */
export function problemFrom(status: number, body: unknown): Problem {
  if (status === 401) return unauthorized;
  const fields: Readonly<Record<string, unknown>> =
    typeof body === 'object' && body !== null ? Object.fromEntries(Object.entries(body)) : {};
  const text = (key: string): string | undefined => {
    const value = fields[key];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const title = text('title') ?? `The server refused (HTTP ${status}).`;
  const listed = fields.diagnostics;
  const detail = text('detail') ?? title;
  const remedy = text('remedy');
  return {
    status,
    code: text('code') ?? `http.${status}`,
    title,
    detail: remedy === undefined ? detail : `${detail} ${remedy}`,
    diagnostics: Array.isArray(listed) ? listed.filter(isDiagnostic) : [],
  };
}

function isDiagnostic(value: unknown): value is Diagnostic {
  return (
    typeof value === 'object' &&
    value !== null &&
    'code' in value &&
    typeof value.code === 'string' &&
    'summary' in value &&
    typeof value.summary === 'string' &&
    'detail' in value &&
    typeof value.detail === 'string' &&
    'path' in value &&
    Array.isArray(value.path)
  );
}

/** Words for anything that was thrown. */
export function readable(error: unknown): string {
  if (error instanceof Error) return error.message;
  return String(error);
}
