import { describe, expect, it } from 'vitest';
import { endpoints } from '../rest/endpoints.js';
import { openApiDocument } from '../rest/openapi.js';
import { clientMessageSchema } from './client-message.js';
import { fromAgentSchema } from './from-agent.js';
import { labIdSchema } from './lab.js';
import { serverMessageSchema } from './server-message.js';

describe('messages of a browser', () => {
  it('are taken as they are published', () => {
    for (const message of [
      { type: 'edit', requestId: 'a', baseRevision: 3, edit: { type: 'add-node', kind: 'host' } },
      { type: 'resync' },
      { type: 'repair', requestId: 'a' },
      { type: 'repair', requestId: 'a', items: ['add-route:h1'] },
      { type: 'reach', requestId: 'a', family: 6 },
    ]) {
      expect(clientMessageSchema.parse(message)).toEqual(message);
    }
  });

  it.each([
    [{ type: 'ping' }, 'no request id'],
    [{ type: 'ping', requestId: '' }, 'an empty request id'],
    [{ type: 'ping', requestId: 'x'.repeat(101) }, 'a long request id'],
    [{ type: 'ping', requestId: 'a', extra: 1 }, 'an unknown key'],
    [{ type: 'repair', requestId: 'a', items: undefined }, 'a key without value'],
    [{ type: 'reach', requestId: 'a', family: 5 }, 'an unknown family'],
    [
      { type: 'edit', requestId: 'a', baseRevision: -1, edit: { type: 'add-node', kind: 'host' } },
      'a negative revision',
    ],
    [{ type: 'edit', requestId: 'a', baseRevision: 0.5, edit: { type: 'add-node', kind: 'host' } }, 'half a revision'],
    [{ type: 'edit', requestId: 'a', baseRevision: 1, edit: { type: 'add-node', kind: 'hots' } }, 'an unknown kind'],
    [{ type: 'explode', requestId: 'a' }, 'an unknown type'],
    [null, 'nothing'],
    [[], 'a list'],
  ])('are refused: %j has %s', (message, _why) => {
    expect(clientMessageSchema.safeParse(message).success).toBe(false);
  });
});

describe('messages of an agent', () => {
  const eth = {
    ifname: '$(id)\u001b',
    ifindex: 2,
    type: 'odd type',
    up: true,
    carrier: false,
    operstate: 'lowerlayerdown',
    mtu: 1500,
    mac: null,
    master: null,
    portState: null,
    peer: null,
    addresses: [],
  };

  it('may carry any name the kernel allows, __proto__ included, and change no prototype', () => {
    const text = JSON.stringify({
      type: 'observed',
      delta: { namespaces: { NAME: { interfaces: { NAME: eth, constructor: null }, unknown: 1 } } },
    }).replaceAll('NAME', '__proto__');
    const read = fromAgentSchema.parse(JSON.parse(text));
    if (read.type !== 'observed') throw new Error('not observed');
    expect(Object.keys(read.delta.namespaces)).toEqual(['__proto__']);
    const namespace = Object.entries(read.delta.namespaces)[0]?.[1];
    expect(Object.keys(namespace?.interfaces ?? {})).toEqual(['__proto__', 'constructor']);
    expect(Object.getPrototypeOf(read.delta.namespaces)).toBe(Object.prototype);
    expect(({} as Record<string, unknown>).interfaces).toBeUndefined();
  });

  it('say where they are wrong', () => {
    const read = fromAgentSchema.safeParse({
      type: 'observed',
      delta: { namespaces: { h1: { interfaces: { eth0: { ...eth, mtu: 'large' } } } } },
    });
    expect(read.error?.issues[0]?.path).toEqual(['delta', 'namespaces', 'h1', 'interfaces', 'eth0', 'mtu']);
  });

  it('may know more than we do', () => {
    const message = { type: 'progress', progress: null };
    expect(fromAgentSchema.parse({ ...message, since: 'later' })).toEqual(message);
  });
});

it('a server message of a newer server is read without what is not known', () => {
  const message = { type: 'clients', seq: 4, clients: 2 };
  expect(serverMessageSchema.parse({ ...message, names: ['a', 'b'] })).toEqual(message);
  expect(serverMessageSchema.safeParse({ type: 'clients', clients: 2 }).success).toBe(false);
});

it.each(['../x', '', 'A', '-a', 'a/b', 'a.b', 'x'.repeat(64), '__proto__', 'a\n'])('%j is no lab id', (id) => {
  expect(labIdSchema.safeParse(id).success).toBe(false);
});

describe('the OpenAPI document', () => {
  const document = openApiDocument('1.2.3');
  const text = JSON.stringify(document);

  it('has every endpoint once, with its body, its reply and what can go wrong', () => {
    expect(document).toMatchObject({ openapi: '3.1.0', info: { version: '1.2.3' } });
    const ids = endpoints.map((endpoint) => endpoint.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    const operation = (document.paths as Record<string, Record<string, Record<string, unknown>>>)[
      '/api/v1/labs/{id}/edits'
    ]?.post;
    expect(operation).toMatchObject({
      operationId: 'editLab',
      parameters: [{ name: 'id', in: 'path', required: true }],
      requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/EditBody' } } } },
    });
    expect(Object.keys(operation?.responses ?? {}).sort()).toEqual([
      '200',
      '400',
      '401',
      '403',
      '404',
      '409',
      '413',
      '415',
      '422',
    ]);
  });

  it('describes records with any keys by their values', () => {
    expect(text).toContain('"operstate"');
  });

  it('refers only to what is in it', () => {
    const refs = [...text.matchAll(/"\$ref":"(#[^"]*)"/g)].map((match) => match[1] ?? '');
    expect(refs.length).toBeGreaterThan(0);
    for (const ref of refs) {
      let at: unknown = document;
      for (const part of ref.slice(2).split('/')) at = (at as Record<string, unknown> | undefined)?.[part];
      expect(at, ref).toBeDefined();
    }
  });
});
