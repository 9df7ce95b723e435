import type { X509Certificate } from 'node:crypto';
import type { Request } from 'express';
import type { Consents } from './consents.js';
import type { Faults } from './faults.js';
import type { TokenSigner } from './token-signer.js';

/** What the routes of one sandbox share. */
export interface SandboxContext {
  readonly now: () => Date;
  readonly signer: TokenSigner;
  readonly faults: Faults;
  readonly consents: Consents;
  /** Registered for the application in every directory. */
  readonly certificates: readonly X509Certificate[];
  /** Origins the application has registered to be returned to, besides the sandbox's own. */
  readonly redirectOrigins: readonly string[];
}

/** Where the sandbox is reached, as the caller sees it: authority and Graph host in one. */
export function baseOf(request: Request): string {
  return `${request.protocol}://${request.get('host') ?? 'localhost'}${request.baseUrl}`;
}
