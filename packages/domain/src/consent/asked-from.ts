import type { get } from '@gangway/contract/consent';
import type { z } from 'zod';
import { invalidField } from '../errors.js';

type Input = Omit<z.output<(typeof get)['in']>, 'workspaceId'>;

/** As a condition on requests: those of an onboarding, or those made on a tenant's page for one of its connections. */
export type AskedFrom =
  | { readonly onboardingSessionId: string }
  | { readonly onboardingSessionId: null; readonly providerConnectionId: string };

/** @throws AppError invalid where neither is named */
export function toAskedFrom({ onboardingSessionId, providerConnectionId }: Input): AskedFrom {
  if (onboardingSessionId !== undefined) return { onboardingSessionId };
  if (providerConnectionId === undefined) throw invalidField('providerConnectionId', 'Required');
  return { onboardingSessionId: null, providerConnectionId };
}

/** What the audit trail says it was done to. */
export function targetOf(asked: { onboardingSessionId: string | null; providerConnectionId: string }) {
  return asked.onboardingSessionId === null
    ? { targetKind: 'provider_connection', targetId: asked.providerConnectionId }
    : { targetKind: 'onboarding_session', targetId: asked.onboardingSessionId };
}
