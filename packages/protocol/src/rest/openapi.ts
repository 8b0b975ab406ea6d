import { z } from 'zod';
import * as adopting from '../adopt/adopt-schemas.js';
import { liveReadingSchema } from '../inspect/live-schemas.js';
import * as commands from '../processes/command-schemas.js';
import { applyReportSchema, driftItemSchema } from '../schemas/apply.js';
import * as document from '../schemas/document.js';
import { foreignRecordValue } from '../schemas/foreign-record.js';
import * as host from '../schemas/host.js';
import { labSummarySchema, runStateSchema } from '../schemas/lab.js';
import { observedSchema } from '../schemas/observed.js';
import { probeSampleSchema, reachReportSchema } from '../schemas/probe.js';
import { stepSchema } from '../schemas/step.js';
import * as terminals from '../terminals/terminal-schemas.js';
import * as bodies from './bodies.js';
import { apiPrefix, type Endpoint, endpoints } from './endpoints.js';
import { problemContentType, problemSchema } from './problem.js';
import * as replies from './replies.js';

/** `createLabBodySchema` is `CreateLabBody` in the document. */
const named = z.registry<{ id: string }>();
for (const [exported, schema] of Object.entries({
  ...bodies,
  ...replies,
  ...document,
  problemSchema,
  stepSchema,
  applyReportSchema,
  driftItemSchema,
  probeSampleSchema,
  reachReportSchema,
  liveReadingSchema,
  commandStatusSchema: commands.commandStatusSchema,
  commandsViewSchema: commands.commandsViewSchema,
  commandLogSchema: commands.commandLogSchema,
  nodeProcessesSchema: commands.nodeProcessesSchema,
  allowCommandsBodySchema: commands.allowCommandsBodySchema,
  signalProcessBodySchema: commands.signalProcessBodySchema,
  signalProcessReplySchema: commands.signalProcessReplySchema,
  terminalSessionSchema: terminals.terminalSessionSchema,
  openTerminalBodySchema: terminals.openTerminalBodySchema,
  terminalListReplySchema: terminals.terminalListReplySchema,
  adoptBodySchema: adopting.adoptBodySchema,
  adoptReplySchema: adopting.adoptReplySchema,
  followBodySchema: adopting.followBodySchema,
  ghostsSchema: adopting.ghostsSchema,
  importScriptBodySchema: adopting.importScriptBodySchema,
  importScriptReplySchema: adopting.importScriptReplySchema,
  hostReplySchema: host.hostReplySchema,
  adoptOnHostBodySchema: host.adoptOnHostBodySchema,
  observedSchema,
  runStateSchema,
  labSummarySchema,
})) {
  const name = exported.replace(/Schema$/, '');
  named.add(schema, { id: `${name.charAt(0).toUpperCase()}${name.slice(1)}` });
}

/** Any JSON value, as it stands in the document. */
type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

const problemTitles = new Map<number, string>([
  [400, 'The request cannot be read'],
  [401, 'The token is missing or wrong'],
  [403, 'The request came from another site'],
  [404, 'There is no such lab'],
  [409, 'The state of the lab does not allow it, or the base revision is stale'],
  [413, 'The body is larger than 1 MiB, or 2 MiB for a lab file'],
  [415, 'The body is of a type that is not taken'],
  [422, 'The document or edit is invalid; all diagnostics are listed'],
  [503, 'The lab has no agent now'],
]);

/** The REST API as an OpenAPI 3.1 document, made of the schemas that the server checks with. */
export function openApiDocument(version: string): { readonly [key: string]: Json } {
  const paths = new Map<string, Map<string, Json>>();
  for (const endpoint of endpoints) {
    const path = `${apiPrefix}${endpoint.path}`;
    const methods = paths.get(path) ?? new Map<string, Json>();
    methods.set(endpoint.method, operation(endpoint));
    paths.set(path, methods);
  }
  return {
    openapi: '3.1.0',
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    info: {
      title: 'Vethlab',
      version,
      description: 'Draw a network; it is real at once. The canvas uses this API too.',
    },
    security: [{ bearer: [] }, { cookie: [] }],
    paths: Object.fromEntries([...paths].map(([path, methods]) => [path, Object.fromEntries(methods)])),
    components: {
      schemas: componentSchemas(),
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer' },
        cookie: {
          type: 'apiKey',
          in: 'cookie',
          name: 'vethlab_PORT',
          description: 'Set by /?token=… ; the name carries the port.',
        },
      },
    },
  };
}

function operation(endpoint: Endpoint): Json {
  const parameters: Json[] = [];
  for (const [, name = ''] of endpoint.path.matchAll(/\{(\w+)\}/g)) {
    parameters.push({ name, in: 'path', required: true, schema: { type: 'string' } });
  }
  for (const { name, description } of endpoint.query ?? []) {
    parameters.push({ name, description, in: 'query', required: false, schema: { type: 'string' } });
  }
  if (endpoint.givesYaml) {
    parameters.push({ name: 'format', in: 'query', required: false, schema: { enum: ['json', 'yaml'] } });
  }
  const yaml: Json = { 'application/yaml': { schema: { type: 'string' } } };
  return {
    operationId: endpoint.operationId,
    summary: endpoint.summary,
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(endpoint.body
      ? {
          requestBody: {
            content: {
              'application/json': { schema: reference(endpoint.body) },
              ...(endpoint.takesYaml ? yaml : {}),
            },
          },
        }
      : {}),
    responses: {
      [String(endpoint.status)]: {
        description: endpoint.summary,
        content: {
          'application/json': { schema: reference(endpoint.reply) },
          ...(endpoint.givesYaml ? yaml : {}),
        },
      },
      ...problemResponses(endpoint),
    },
  };
}

function problemResponses(endpoint: Endpoint): { readonly [status: string]: Json } {
  const statuses = [...(endpoint.body ? [400, 413, 415] : []), 401, 403, ...(endpoint.problems ?? [])];
  return Object.fromEntries(
    statuses.map((status) => [
      String(status),
      {
        description: problemTitles.get(status) ?? 'Refused',
        content: { [problemContentType]: { schema: reference(problemSchema) } },
      },
    ]),
  );
}

/** Every schema of the API by its name; those that are part of others are referred to. */
function componentSchemas(): { readonly [name: string]: Json } {
  const { schemas } = z.toJSONSchema(named, {
    // Schemas with transforms only parse: what goes in has the shape of what comes out.
    io: 'input',
    unrepresentable: 'any',
    uri: componentUri,
    override: describeForeignRecord,
  });
  return Object.fromEntries(
    Object.entries(schemas).map(([name, { $schema: _dialect, $id: _id, '~standard': _standard, ...rest }]) => [
      name,
      rest as Json,
    ]),
  );
}

type Override = NonNullable<z.core.ToJSONSchemaParams['override']>;

/** `foreignRecord` is a transform to zod, and a record to a reader. */
function describeForeignRecord({ zodSchema, jsonSchema }: Parameters<Override>[0]): void {
  const value = foreignRecordValue(zodSchema);
  if (value === undefined) return;
  const options = { io: 'input', unrepresentable: 'any', override: describeForeignRecord } as const;
  const { $schema: _dialect, '~standard': _standard, ...rest } = z.toJSONSchema(value, options);
  jsonSchema.type = 'object';
  jsonSchema.additionalProperties = rest as z.core.JSONSchema.BaseSchema;
}

function componentUri(name: string): string {
  return `#/components/schemas/${name}`;
}

function reference(schema: z.ZodType): Json {
  const name = named.get(schema)?.id;
  if (name === undefined) throw new Error('A schema of an endpoint has no name.');
  return { $ref: componentUri(name) };
}
