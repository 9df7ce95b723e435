import { createSessionCookie } from '@gangway/api/session-cookie';
import { acceptConsentReturn, type ConsentEnd } from '@gangway/domain/consent/accept-consent-return';
import type { AppContext } from '@gangway/domain/app-context';
import { toAppError } from '@gangway/domain/to-app-error';
import { Router } from 'express';
import { requestIdOf } from './request-id.js';

/**
 * `/consent/return`: where Microsoft's consent page leads back to. It goes on where consent was asked for, or thanks whoever came by a
 * hand-off link. What is over goes on to the app as 410: its page of this address says how to begin anew.
 */
export function serveConsentReturn(app: AppContext): Router {
  const routes = Router();
  const sessionCookie = createSessionCookie(app.appUrl);
  // It would use the state up: whoever only looks where a link leads must not.
  routes.head('/consent/return', (_request, response) => void response.status(405).set('allow', 'GET').end());
  routes.get('/consent/return', async (request, response, next) => {
    response.setHeader('cache-control', 'no-store');
    const scope = { app, requestId: requestIdOf(request) };
    try {
      const end = await acceptConsentReturn(scope, sessionCookie.read(request), request.query);
      response.redirect(303, pathOf(end));
    } catch (error) {
      const refusal = toAppError(error)?.refusal;
      if (refusal === undefined || refusal === 'unavailable') throw error;
      response.status(410);
      next();
    }
  });
  return routes;
}

function pathOf(end: ConsentEnd): string {
  switch (end.to) {
    case 'hand_off':
      return end.isRefused ? '/handoff/refused' : '/handoff/thanks';
    case 'sign_in':
      // Made here of what is stored, never of the query.
      return `/sign-in?${new URLSearchParams({ return: pathOf(end.back) }).toString()}`;
    case 'tenant':
      return `/w/${end.slug}/tenants/${end.managedTenantId}`;
    case 'wizard':
      return `/w/${end.slug}/onboarding/${end.onboardingSessionId}/${end.step}`;
  }
}
