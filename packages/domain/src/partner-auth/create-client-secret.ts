import { randomBytes } from 'node:crypto';

/** A new secret of a partner's client: 256 bits as base64url. */
export const createClientSecret = (): string => randomBytes(32).toString('base64url');
