import { X509Certificate } from 'node:crypto';
import express, { type Router } from 'express';
import { answerConsent, takeConsent } from './answer-consent.js';
import { answerDiscovery, answerOtherDiscovery } from './answer-discovery.js';
import { answerGraph, sendUnknownPath } from './answer-graph.js';
import { answerToken } from './answer-token.js';
import { Consents } from './consents.js';
import { Faults } from './faults.js';
import type { SandboxContext } from './sandbox-context.js';
import { TokenSigner } from './token-signer.js';

export interface SandboxSettings {
  readonly now?: () => Date;
  /** Addresses whose origins the consent page may return to, besides the one it is served on; such as APP_URL. */
  readonly redirectOrigins?: readonly string[];
  /** Where browsers and other programs reach it, such as APP_URL; what it says of itself then uses this scheme. */
  readonly publicUrl?: string;
  /** PEM; accepted as credentials of the application in every directory. */
  readonly certificates?: readonly string[];
}

/**
 * The emulator of Entra and Graph as an Express router, to be mounted wherever it shall be reached. A closed table of
 * documented routes: anything else answers 400, as Graph does. docs/sandbox.md says where it differs.
 */
export function createSandbox(settings: SandboxSettings = {}): Router {
  const now = settings.now ?? (() => new Date());
  const ctx: SandboxContext = {
    now,
    signer: new TokenSigner(now),
    faults: new Faults(now),
    consents: new Consents(now),
    certificates: (settings.certificates ?? []).map((pem) => new X509Certificate(pem)),
    publicOrigin: settings.publicUrl === undefined ? null : new URL(settings.publicUrl).origin,
    redirectOrigins: (settings.redirectOrigins ?? []).map((address) => new URL(address).origin),
  };
  const router = express.Router({ caseSensitive: false });
  const form = express.urlencoded({ extended: false, limit: '64kb' });
  router.get('/:tenant/v2.0/.well-known/openid-configuration', (request, response) =>
    answerDiscovery(ctx, request, response),
  );
  router.get('/us-government/:tenant/v2.0/.well-known/openid-configuration', (request, response) =>
    answerOtherDiscovery(ctx, request, response),
  );
  router.post('/:tenant/oauth2/v2.0/token', form, (request, response) => answerToken(ctx, request, response));
  router.get('/:tenant/discovery/v2.0/keys', async (_request, response) => {
    response.json(await ctx.signer.publicKeys());
  });
  router.get('/:tenant/v2.0/adminconsent', (request, response) => answerConsent(ctx, request, response));
  router.post('/:tenant/v2.0/adminconsent', form, (request, response) => takeConsent(ctx, request, response));
  router.get('/v1.0/*path', (request, response) => answerGraph(ctx, request, response));
  router.use((request, response) => sendUnknownPath(ctx, request, response));
  return router;
}
