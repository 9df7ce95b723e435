import { z } from 'zod';
import { CLOUDS } from './clouds.js';
import { connection, newConnection } from './connections.js';
import { managedTenantSummary } from './managed-tenants.js';
import { RUN_STATUSES, run, runSummary } from './operations.js';
import { domainName, instant, line, listOf, page, term, uuid, version } from './text.js';

const workspaceId = uuid;
const sessionRef = z.strictObject({ workspaceId, onboardingSessionId: uuid });

export const STEPS = ['identify', 'connection', 'verify', 'bootstrap', 'complete'] as const;
export type OnboardingStep = (typeof STEPS)[number];
export const STEP_STATES = ['not_started', 'in_progress', 'needs_attention', 'done', 'locked'] as const;
export const SESSION_STATUSES = ['open', 'completed', 'abandoned'] as const;

const currentStep = z.enum(STEPS);

export const session = z.object({
  id: uuid,
  managedTenant: managedTenantSummary,
  connection: connection.nullable(),
  currentStep,
  steps: z.array(z.object({ key: z.enum(STEPS), state: z.enum(STEP_STATES) })),
  version: z.number().int(),
  /** The newest verification of the selected connection. `stale`: the connection was changed after it. */
  verification: run.extend({ stale: z.boolean() }).nullable(),
  bootstrap: z.array(runSummary),
  status: z.enum(SESSION_STATUSES),
  updatedBy: z.string(),
  updatedAt: instant,
});
export type Session = z.infer<typeof session>;

export const sessionSummary = session.omit({ verification: true, bootstrap: true, connection: true }).extend({
  /** How many checks of the newest verification failed or warn. */
  attention: z.number().int(),
  /** Since when a consent is waited for that its next verification needs. */
  waitingForConsentSince: instant.nullable(),
});
export type SessionSummary = z.infer<typeof sessionSummary>;

export const identifyTenant = {
  in: z.strictObject({
    workspaceId,
    entraTenantId: uuid,
    name: line(120),
    domain: domainName.nullish(),
    /** Where discovery found it, or what was chosen where it found several. */
    cloud: z.enum(CLOUDS).optional(),
  }),
  out: z.object({
    managedTenantId: uuid,
    onboardingSessionId: uuid,
    currentStep,
    version: z.number().int(),
    resumed: z.boolean(),
  }),
};
export const selectConnection = {
  in: z
    .strictObject({
      workspaceId,
      onboardingSessionId: uuid,
      version,
      providerConnectionId: uuid.optional(),
      create: newConnection.optional(),
    })
    .refine((value) => (value.providerConnectionId === undefined) !== (value.create === undefined), {
      message: 'Give either providerConnectionId or create',
      path: ['providerConnectionId'],
    }),
  out: z.object({
    providerConnectionId: uuid,
    isDefault: z.boolean(),
    currentStep,
    version: z.number().int(),
  }),
};
export const startVerification = {
  in: sessionRef,
  out: z.object({ operationRunId: uuid, status: z.enum(RUN_STATUSES) }),
};
export const startBootstrap = {
  in: sessionRef.extend({ operationTypes: z.array(term(100)).min(1).max(20) }),
  out: z.object({ operationRunIds: z.array(uuid) }),
};
export const complete = { in: sessionRef, out: session };
export const abandon = { in: sessionRef, out: session };
export const get = { in: sessionRef, out: session };
export const list = {
  in: z.strictObject({ workspaceId, status: z.enum(SESSION_STATUSES).optional(), ...page }),
  out: listOf(sessionSummary),
};
