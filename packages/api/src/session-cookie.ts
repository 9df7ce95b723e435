import { readSessionToken, type SessionCredential } from '@gangway/domain/auth/session-token';
import type { Request, Response } from 'express';

/** The cookie of a browser session. On https it carries the `__Host-` prefix, which binds it to this very host. */
export interface SessionCookie {
  /** What is known of the presented value, or null without one. */
  readonly read: (request: Request) => SessionCredential | null;
  readonly write: (response: Response, session: { token: string; expiresAt: Date } | null) => void;
}

export function createSessionCookie(appUrl: string): SessionCookie {
  const isSecure = appUrl.startsWith('https:');
  const name = isSecure ? '__Host-gangway_session' : 'gangway_session';
  const attributes = { httpOnly: true, sameSite: 'lax', path: '/', secure: isSecure } as const;
  return {
    read(request) {
      const value = readCookie(request.headers.cookie, name);
      return value === null ? null : readSessionToken(value);
    },
    write(response, session) {
      if (session) response.cookie(name, session.token, { ...attributes, expires: session.expiresAt });
      else response.clearCookie(name, attributes);
    },
  };
}

function readCookie(header: string | undefined, name: string): string | null {
  for (const pair of header?.split(';') ?? []) {
    const [key, value] = pair.split('=', 2);
    if (key?.trim() === name && value !== undefined) return value.trim();
  }
  return null;
}
