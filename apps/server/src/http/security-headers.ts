import type { RequestHandler } from 'express';
import helmet from 'helmet';

/**
 * Headers against code from elsewhere. No inline script or style, no frames, no referrer.
 * Style attributes that scripts set (React, React Flow) go through the CSSOM, which this policy allows.
 * No `upgrade-insecure-requests` and no HSTS: on plain HTTP they blank the page.
 */
export function securityHeaders(origins: ReadonlySet<string>): RequestHandler {
  // The policy's grammar has no IPv6 addresses; there 'self' must do.
  const sockets = [...origins].filter((origin) => !origin.includes('[')).map((origin) => origin.replace(/^http/, 'ws'));
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        fontSrc: ["'self'"],
        workerSrc: ["'self'"],
        // 'self' means the same port with ws:// only in newer browsers.
        connectSrc: ["'self'", ...sockets],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: false,
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
  }) as RequestHandler;
}
