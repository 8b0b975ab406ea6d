import { apiPrefix } from '@vethlab/protocol';
import express, { type Express } from 'express';
import type { Logger } from 'pino';
import type { Guard } from '../auth/guard.js';
import type { ListeningNames } from '../auth/listening-names.js';
import { checkHost, checkToken, takeTokenFromAddress } from './access.js';
import { api } from './api.js';
import type { Services } from './handlers/call.js';
import { securityHeaders } from './security-headers.js';
import { site } from './site.js';

export interface AppOptions {
  readonly guard: Guard;
  readonly names: ListeningNames;
  readonly services: Services;
  readonly siteFolder: string;
  readonly version: string;
  readonly log: Logger;
}

/** Everything the server answers over HTTP. The order is the order of trust: host, health, token, then what there is. */
export function app(options: AppOptions): Express {
  const { guard, names, services, siteFolder, version, log } = options;
  const express_ = express();
  express_.disable('x-powered-by');
  express_.disable('etag');
  express_.set('query parser', 'simple');
  express_.use(securityHeaders(names.origins));
  express_.use(checkHost(guard));
  express_.get('/healthz', (_request, response) => {
    response.type('text/plain').send('ok\n');
  });
  express_.use(takeTokenFromAddress(guard));
  express_.use(checkToken(guard));
  express_.use(apiPrefix, (_request, response, next) => {
    response.setHeader('Cache-Control', 'no-store');
    next();
  });
  express_.use(apiPrefix, api(services, version, log));
  express_.use(site(siteFolder));
  return express_;
}
