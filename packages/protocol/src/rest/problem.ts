import type { Diagnostic, DocumentPath, TopologyDiff } from '@vethlab/topology';
import { z } from 'zod';
import { diagnosticSchema, topologyDiffSchema } from '../schemas/document.js';

/** Content type of every error answer of the REST API (RFC 9457). */
export const problemContentType = 'application/problem+json';

/**
 * What every error answer of the REST API is (RFC 9457).
 * `code` is stable and for programs; `title` is fixed text per code; `detail` says what, why and how to mend it.
 */
export interface Problem {
  /** Always `about:blank`: the code says more than an address nobody looks up. */
  readonly type: 'about:blank';
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  /** Where in the document or in the request body. */
  readonly path?: DocumentPath;
  /** All that is wrong with a document or an edit (422). */
  readonly diagnostics?: readonly Diagnostic[];
  /** For `stale` (409): the revision of the document now, and what changed since the base revision. */
  readonly revision?: number;
  readonly changed?: readonly TopologyDiff[];
  /** For a machine that cannot run labs: what to do. */
  readonly remedy?: string;
}

export const problemSchema = z.object({
  type: z.literal('about:blank'),
  title: z.string(),
  status: z.number(),
  code: z.string(),
  detail: z.string(),
  path: z.array(z.union([z.string(), z.number()])).exactOptional(),
  diagnostics: z.array(diagnosticSchema).exactOptional(),
  revision: z.number().exactOptional(),
  changed: z.array(topologyDiffSchema).exactOptional(),
  remedy: z.string().exactOptional(),
});
