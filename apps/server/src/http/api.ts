import { endpoints, messageMaxBytes, openApiDocument, problemContentType } from '@vethlab/protocol';
import { decodeLabFile, maximumFileBytes } from '@vethlab/topology';
import express, { type NextFunction, type Request, type Response, Router } from 'express';
import type { Logger } from 'pino';
import { stringifyInSlices } from '../turns/stringify-in-slices.js';
import * as adopting from './handlers/adopting.js';
import { type Call, FinishedText, type Handler, type Services } from './handlers/call.js';
import * as commands from './handlers/commands.js';
import * as editing from './handlers/editing.js';
import * as host from './handlers/host.js';
import * as labs from './handlers/labs.js';
import * as live from './handlers/live.js';
import * as running from './handlers/running.js';
import * as terminals from './handlers/terminals.js';
import { parseJson } from './json-body.js';
import { ProblemError } from './problem-error.js';

/** By `operationId`. Every endpoint of the published list has one; the server does not start otherwise. */
const handlers = new Map<string, Handler>(
  Object.entries({ ...labs, ...host, ...editing, ...running, ...live, ...terminals, ...commands, ...adopting }),
);

const yamlTypes = ['application/yaml', 'application/x-yaml', 'text/yaml', 'text/x-yaml'];

/** The REST API, below its prefix: everything in the published list of endpoints, and nothing else. */
export function api(services: Services, version: string, log: Logger): Router {
  const router = Router();
  let openApi: string | undefined;
  router.get('/openapi.json', (_request, response) => {
    // Made when first asked for: it takes longer than the rest of the start.
    openApi ??= JSON.stringify(openApiDocument(version), null, 2);
    response.type('application/json').send(openApi);
  });
  // Bytes as they are: what is no text is to be refused, not mended.
  router.use(express.raw({ type: yamlTypes, limit: maximumFileBytes }));
  router.use(express.text({ type: () => true, limit: messageMaxBytes }));
  for (const endpoint of endpoints) {
    const handler = handlers.get(endpoint.operationId);
    if (handler === undefined) throw new Error(`No handler for ${endpoint.operationId}.`);
    router[endpoint.method](
      endpoint.path.replace(/\{(\w+)\}/g, ':$1'),
      async (request: Request, response: Response) => {
        const reply = await handler(
          services,
          readCall(request, endpoint.takesYaml === true, endpoint.givesYaml === true),
        );
        if (reply instanceof FinishedText) response.status(endpoint.status).type(reply.contentType).send(reply.text);
        else
          response
            .status(endpoint.status)
            .type('application/json')
            .send(await stringifyInSlices(reply));
      },
    );
  }
  router.use((request) => {
    throw new ProblemError(404, 'route.unknown', `There is no ${request.method} ${request.baseUrl}${request.path}.`);
  });
  // Express knows an error handler by its four parameters.
  router.use((error: unknown, _request: Request, response: Response, _next: NextFunction) => {
    sendProblem(response, toProblem(error, log));
  });
  return router;
}

/** Answers with a problem document (RFC 9457). */
export function sendProblem(response: Response, error: ProblemError): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.status(error.problem.status).type(problemContentType).send(JSON.stringify(error.problem));
}

function readCall(request: Request, takesYaml: boolean, givesYaml: boolean): Call {
  const id = typeof request.params.id === 'string' ? request.params.id : '';
  const params = Object.fromEntries(
    Object.entries(request.params).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
  const query = new URL(request.originalUrl, 'http://localhost').searchParams;
  const wantsYaml = givesYaml && (request.query.format === 'yaml' || prefersYaml(request));
  const body: unknown = request.body;
  const call: Call = { id, params, query, json: undefined, yaml: null, wantsYaml };
  if (takesYaml && Buffer.isBuffer(body)) return { ...call, yaml: textOf(body) };
  if (typeof body !== 'string' || body === '') return call;
  if (request.is('application/json')) return { ...call, json: parseJson(body) };
  const types = takesYaml ? 'application/json or application/yaml' : 'application/json';
  throw new ProblemError(415, 'request.content-type', `Send the body as ${types}.`);
}

/** The text of a lab file. */
function textOf(bytes: Uint8Array): string {
  const decoded = decodeLabFile(bytes);
  if (decoded.ok) return decoded.text;
  throw new ProblemError(422, 'lab.invalid', 'The lab file has mistakes.', { diagnostics: decoded.diagnostics });
}

function prefersYaml(request: Request): boolean {
  return (
    request.query.format === undefined &&
    request.accepts(['application/json', 'application/yaml']) === 'application/yaml'
  );
}

/** Errors of Express' own readers carry a status; anything else is a fault of ours, told in the log only. */
function toProblem(error: unknown, log: Logger): ProblemError {
  if (error instanceof ProblemError) return error;
  const status = (error as { readonly status?: unknown }).status;
  if (status === 413) {
    return new ProblemError(
      413,
      'request.too-large',
      `A body of this kind has at most ${(error as { readonly limit?: unknown }).limit ?? messageMaxBytes} bytes.`,
      {},
      { cause: error },
    );
  }
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return new ProblemError(
      400,
      'request.body',
      `The body cannot be read: ${(error as Error).message}.`,
      {},
      { cause: error },
    );
  }
  log.error({ err: error }, 'request failed');
  return new ProblemError(500, 'server.fault', "The server's log says more.", {}, { cause: error });
}
