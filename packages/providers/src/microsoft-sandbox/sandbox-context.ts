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
  /** The origin that browsers and other programs use, if it is known. */
  readonly publicOrigin: string | null;
}

/**
 * Where the sandbox is reached, as the caller sees it: authority and Graph host in one. For the public host the scheme is
 * that of the public origin: behind a proxy that ends TLS the request itself says http.
 */
export function baseOf({ publicOrigin }: SandboxContext, request: Request): string {
  const host = request.get('host') ?? 'localhost';
  const isPublic = publicOrigin !== null && new URL(publicOrigin).host === host.toLowerCase();
  return `${isPublic ? publicOrigin : `${request.protocol}://${host}`}${request.baseUrl}`;
}
