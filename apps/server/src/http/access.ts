import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { Guard } from '../auth/guard.js';
import { sendProblem } from './api.js';
import { plainPage } from './plain-page.js';
import { ProblemError } from './problem-error.js';

/** Before anything is routed: only our own names. Another name that points here is DNS rebinding. */
export function checkHost(guard: Guard): RequestHandler {
  return (request, response, next) => {
    if (guard.knowsHost(request)) next();
    else
      refuse(
        request,
        response,
        new ProblemError(403, 'request.host', 'Open the address that the server printed when it started.'),
      );
  };
}

/** `?token=…` on a page sets the cookie and leaves the address, so that it is in no history and no screenshot. */
export function takeTokenFromAddress(guard: Guard): RequestHandler {
  return (request, response, next) => {
    const { token } = request.query;
    if (request.method !== 'GET' || typeof token !== 'string' || request.path.startsWith('/api/')) {
      next();
      return;
    }
    if (!guard.isToken(token)) {
      refuse(request, response, unauthorised());
      return;
    }
    response.setHeader('Set-Cookie', guard.cookieHeader());
    response.setHeader('Cache-Control', 'no-store');
    // One slash only: `//host` would be another site.
    response.redirect(303, request.path.replace(/^\/+/, '/'));
  };
}

/** The token always; and for what changes something, no page of another site. */
export function checkToken(guard: Guard): RequestHandler {
  return (request: Request, response: Response, next: NextFunction) => {
    if (!guard.allowsMethodFrom(request)) {
      const detail = 'Requests that change something come from the pages of this server only.';
      refuse(request, response, new ProblemError(403, 'request.origin', detail));
    } else if (guard.hasBearer(request) || guard.hasCookie(request)) next();
    else refuse(request, response, unauthorised());
  };
}

function unauthorised(): ProblemError {
  const detail =
    'Open the address with the token that the server printed when it started, or send it as a Bearer token.';
  return new ProblemError(401, 'request.token', detail);
}

function refuse(request: Request, response: Response, error: ProblemError): void {
  if (error.problem.status === 401) response.setHeader('WWW-Authenticate', 'Bearer');
  if (!request.path.startsWith('/api/') && request.accepts(['json', 'html']) === 'html') {
    response.status(error.problem.status).type('html').send(plainPage(error.problem.title, error.problem.detail));
    return;
  }
  sendProblem(response, error);
}
