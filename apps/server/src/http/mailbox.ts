import type { AppContext } from '@gangway/domain/app-context';
import { listMailbox } from '@gangway/domain/mail/list-mailbox';
import { Router } from 'express';

/** `/api/demo/mailbox`: the mails that were sent, with their links and one-time passwords. Only with DEMO=1. */
export function serveMailbox(app: AppContext): Router {
  const routes = Router();
  routes.get('/api/demo/mailbox', async (_request, response) => {
    response.setHeader('cache-control', 'no-store').json(await listMailbox(app));
  });
  return routes;
}
