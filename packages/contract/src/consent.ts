import { z } from 'zod';
import { CLOUDS } from './clouds.js';
import { evidence, reasonCode } from './operations.js';
import { instant, secret, uuid } from './text.js';

/** What it is asked from: an onboarding, which has selected a connection, or a connection on the page of its tenant. */
const askedFrom = z
  .strictObject({
    workspaceId: uuid,
    onboardingSessionId: uuid.optional(),
    providerConnectionId: uuid.optional(),
  })
  .refine(
    (value) => (value.onboardingSessionId === undefined) !== (value.providerConnectionId === undefined),
    {
      message: 'Give either onboardingSessionId or providerConnectionId',
      path: ['onboardingSessionId'],
    },
  );
const linkRef = z.strictObject({ token: secret(200) });

/** How a request stands. `returned` says that somebody came back from Microsoft, and no more than that. */
export const CONSENT_STATUSES = ['waiting', 'returned', 'refused', 'expired', 'revoked'] as const;

/** One ask for admin consent. Neither its state nor its link is ever shown again. */
export const consentRequest = z.object({
  id: uuid,
  /** `hand_off`: by a link for the customer's administrator. */
  kind: z.enum(['direct', 'hand_off']),
  status: z.enum(CONSENT_STATUSES),
  providerConnectionId: uuid,
  createdBy: z.string(),
  createdAt: instant,
  expiresAt: instant,
  /** When the button behind the link was pressed; the link is used up since. */
  followedAt: instant.nullable(),
  returnedAt: instant.nullable(),
  /** Why there is no consent, where `status` is `refused`. */
  reasonCode: reasonCode.nullable(),
  /** What Microsoft's page named to look the refusal up by; null where it named nothing, or there is none. */
  evidence: evidence.nullable(),
  /** The verification that the return started, or joined. */
  operationRunId: uuid.nullable(),
});
export type ConsentRequest = z.infer<typeof consentRequest>;

/** The newest request from there, and its hand-off link as long as that can be followed. */
export const get = {
  in: askedFrom,
  out: z.object({
    latest: consentRequest.nullable(),
    openLink: consentRequest.nullable(),
    /** What the app registration has to list, or Microsoft sends nobody back. */
    redirectUri: z.url(),
  }),
};
/** `url` is Microsoft's consent page; the state in it is good once. */
export const start = {
  in: askedFrom,
  out: z.object({ consentRequestId: uuid, url: z.url(), expiresAt: instant }),
};
/** The link is shown here and never again. A new one ends the one before. */
export const createHandOffLink = {
  in: askedFrom,
  out: z.object({ consentRequestId: uuid, link: z.url(), expiresAt: instant }),
};
/** Ends the open link made there, and a consent that it led to and that has not come back. */
export const revokeHandOffLink = { in: askedFrom, out: z.object({ revoked: z.boolean() }) };

/** What the customer's administrator sees: who asks, and for which tenant and application. Uses nothing up. */
export const openHandOff = {
  in: linkRef,
  out: z.object({
    workspaceName: z.string(),
    askedBy: z.string(),
    tenantName: z.string(),
    entraTenantId: uuid,
    domain: z.string().nullable(),
    cloud: z.enum(CLOUDS),
    clientId: uuid,
    expiresAt: instant,
  }),
};
/** Uses the link up, and gives Microsoft's consent page. */
export const followHandOff = { in: linkRef, out: z.object({ url: z.url() }) };
