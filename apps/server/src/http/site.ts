import { existsSync } from 'node:fs';
import { join } from 'node:path';
import express, { type RequestHandler, Router } from 'express';
import { plainPage } from './plain-page.js';

/** Files under `assets/` have a hash of their content in the name: they never change. */
const assetsLifeMs = 365 * 24 * 60 * 60 * 1000;

/** The built web app. Addresses of labs (`/labs/ID`) and that of the machine get its page; everything else that is not a file is not there. */
export function site(folder: string): Router {
  const router = Router();
  const page: RequestHandler = (_request, response) => {
    const index = join(folder, 'index.html');
    if (!existsSync(index)) {
      const detail = 'Run "npm run build" in the folder of Vethlab, then load this page again.';
      response.status(503).type('html').send(plainPage('The web app is not built', detail));
      return;
    }
    response.setHeader('Cache-Control', 'no-cache');
    response.sendFile(index, { dotfiles: 'allow' });
  };
  router.get(['/', '/labs', '/labs/:id', '/machine'], page);
  router.use(
    '/assets',
    express.static(join(folder, 'assets'), { index: false, immutable: true, maxAge: assetsLifeMs }),
  );
  router.use(express.static(folder, { index: false, redirect: false }));
  router.use((_request, response) => {
    response
      .status(404)
      .type('html')
      .send(plainPage('There is nothing at this address', 'Go to the list of labs at "/".'));
  });
  return router;
}
