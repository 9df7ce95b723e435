import { z } from 'zod';
import { OPERATION_TYPES } from './operation-types.js';
import { REASON_CODES } from './reason-codes.js';
import { instant, line, listOf, page, term, uuid } from './text.js';

const workspaceId = uuid;
/** Any reason there is; the code is the contract, its wording is not. */
export const reasonCode = z.enum(
  REASON_CODES as [(typeof REASON_CODES)[number], ...(typeof REASON_CODES)[number][]],
);

export const RUN_STATUSES = ['queued', 'running', 'succeeded', 'failed'] as const;
export type RunStatus = (typeof RUN_STATUSES)[number];
export const STEP_STATUSES = ['pending', 'running', 'succeeded', 'failed', 'skipped', 'compensated'] as const;
export type StepStatus = (typeof STEP_STATUSES)[number];

/** What a run says about what Microsoft answered: identifiers only, never Microsoft's text. */
export const evidence = z.object({
  httpStatus: z.number().int().nullable(),
  aadsts: z.string().nullable(),
  graphCode: z.string().nullable(),
  requestId: z.string().nullable(),
  correlationId: z.string().nullable(),
  /** Conditional Access policies that Microsoft named as the cause. */
  policyIds: z.array(z.string()).exactOptional(),
  /** Whose calls were too many, as Microsoft says it: `Tenant_Application/ReadWrite/<client id>/<tenant id>`. */
  throttleScope: z.string().exactOptional(),
  at: instant,
});
export type Evidence = z.infer<typeof evidence>;

export const CHECK_KEYS = [
  'configuration',
  'tenant_discovery',
  'sign_in',
  'token_claims',
  'organization',
  'application',
  'granted_permissions',
  'capability_probes',
  'credential_expiry',
] as const;
export type CheckKey = (typeof CHECK_KEYS)[number];
export const CHECK_TITLES: Record<CheckKey, string> = {
  configuration: 'Configuration',
  tenant_discovery: 'Tenant discovery',
  sign_in: 'Sign-in',
  token_claims: 'Token claims',
  organization: 'Organization',
  application: 'Application',
  granted_permissions: 'Granted permissions',
  capability_probes: 'Capability probes',
  credential_expiry: 'Credential expiry',
};

export const check = z.object({
  key: z.enum(CHECK_KEYS),
  title: z.string(),
  status: z.enum(['pass', 'warn', 'fail', 'skipped', 'waiting', 'running']),
  reasonCode: reasonCode.nullable(),
  remedy: z.string().nullable(),
  whoFixes: z.enum(['workspaceAdmin', 'customerAdmin', 'operator', 'nobody']).nullable(),
  evidence: evidence.nullable(),
  /** The policies of {@link evidence} by the names that the newest snapshot has for them; null: it does not know it. */
  policies: z.array(z.object({ id: z.string(), displayName: z.string().nullable() })).exactOptional(),
});
export type Check = z.infer<typeof check>;

/** One row of the permission truth table. */
export const permissionRow = z.object({
  permission: z.string(),
  required: z.boolean(),
  grantedAsApplication: z.boolean(),
  /** False: the grants were not looked at or could not be read, and `grantedAsApplication` repeats the token. Absent: true. */
  grantsKnown: z.boolean().exactOptional(),
  inToken: z.boolean(),
  delegatedOnly: z.boolean(),
  /** What the capability probe found: null where it was not tried. */
  probe: z.enum(['pass', 'fail', 'skipped']).nullable(),
});
export type PermissionRow = z.infer<typeof permissionRow>;

export const warning = z.object({ reasonCode, message: z.string() });
export type Warning = z.infer<typeof warning>;

export const step = z.object({
  name: z.string(),
  title: z.string(),
  status: z.enum(STEP_STATUSES),
  attempt: z.number().int(),
  reasonCode: reasonCode.nullable(),
  message: z.string().nullable(),
  /** What the provider answered where it failed. */
  evidence: evidence.nullable(),
  startedAt: instant.nullable(),
  finishedAt: instant.nullable(),
});
export type Step = z.infer<typeof step>;

export const run = z.object({
  id: uuid,
  type: z.enum(OPERATION_TYPES),
  status: z.enum(RUN_STATUSES),
  progress: z.number().int().min(0).max(100),
  step: z.string().nullable(),
  attempt: z.number().int(),
  reasonCode: reasonCode.nullable(),
  message: z.string().nullable(),
  warnings: z.array(warning),
  waitingUntil: instant.nullable(),
  checks: z.array(check).optional(),
  permissions: z.array(permissionRow).optional(),
  result: z.record(z.string(), z.unknown()).nullable(),
  steps: z.array(step),
  /** Parked after a late failure under policy `hold`: can be resumed or rolled back. */
  held: z.boolean(),
  managedTenantId: uuid.nullable(),
  providerConnectionId: uuid.nullable(),
  onboardingSessionId: uuid.nullable(),
  startedBy: z.string(),
  /** Who asked the run to end before its time. */
  cancelledBy: z.string().nullable(),
  createdAt: instant,
  startedAt: instant.nullable(),
  finishedAt: instant.nullable(),
});
export type Run = z.infer<typeof run>;

/** A run in a list: everything but its steps and reports. */
export const runSummary = run.omit({ checks: true, permissions: true, result: true, steps: true });
export type RunSummary = z.infer<typeof runSummary>;
/** A run in the list of a workspace, with the name of the managed tenant it is about. */
export const listedRun = runSummary.extend({ managedTenantName: z.string().nullable() });
export type ListedRun = z.infer<typeof listedRun>;

/** One event of a run. `seq` counts from 1 without gaps; the stream resumes after any of them. */
export const runEvent = z.object({
  runId: uuid,
  seq: z.number().int(),
  at: instant,
  kind: z.enum([
    'run.queued',
    'run.started',
    'step.started',
    'step.finished',
    'step.failed',
    'step.compensated',
    'run.waiting',
    'run.signalled',
    'run.finished',
  ]),
  /** The run as it is after the event. */
  run: z.object({
    status: z.enum(RUN_STATUSES),
    progress: z.number().int(),
    step: z.string().nullable(),
    attempt: z.number().int(),
    reasonCode: reasonCode.nullable(),
    message: z.string().nullable(),
    waitingUntil: instant.nullable(),
    held: z.boolean(),
  }),
  /** The step the event is about. */
  changed: z
    .object({
      name: z.string(),
      status: z.enum(STEP_STATUSES),
      attempt: z.number().int(),
      check: check.nullish(),
    })
    .nullable(),
});
export type RunEvent = z.infer<typeof runEvent>;

export const operationInfo = z.object({
  type: z.enum(OPERATION_TYPES),
  title: z.string(),
  description: z.string(),
  reads: z.string(),
  capability: z.string(),
  permissions: z.array(z.string()),
  licence: z.string().nullable(),
  /** Null where no managed tenant was named. */
  canRun: z.boolean().nullable(),
  reasonCode: reasonCode.nullable(),
  /** Milliseconds of the last successful run for this managed tenant. */
  lastDurationMs: z.number().int().nullable(),
});
export type OperationInfo = z.infer<typeof operationInfo>;

const runRef = z.strictObject({ workspaceId, operationRunId: uuid });
const started = z.object({ operationRunId: uuid, status: z.enum(RUN_STATUSES) });

export const types = {
  in: z.strictObject({ workspaceId, managedTenantId: uuid.optional() }),
  out: z.object({ items: z.array(operationInfo), nextCursor: z.string().nullable() }),
};
export const list = {
  in: z.strictObject({
    workspaceId,
    managedTenantId: uuid.optional(),
    type: z.enum(OPERATION_TYPES).optional(),
    status: z.enum(RUN_STATUSES).optional(),
    live: z.boolean().optional(),
    ...page,
  }),
  out: listOf(listedRun),
};
export const get = { in: runRef, out: run };
export const start = {
  in: z.strictObject({ workspaceId, managedTenantId: uuid, operationType: term(100) }),
  out: started,
};
export const cancel = { in: runRef.extend({ reason: line(500).optional() }), out: started };
/** Everything that happened to a run so far, oldest first: what `watch` would tell from the beginning. */
export const events = { in: runRef, out: listOf(runEvent) };
/** Starts a new run with the input of one that failed. */
export const retry = { in: runRef, out: started };
/** Goes on from the failed step of the same run. */
export const resume = { in: runRef, out: started };
/** With `dryRun` (the default) nothing is touched, and what would be deleted is listed. */
export const rollBack = {
  in: runRef.extend({ dryRun: z.boolean().default(true) }),
  out: z.object({
    operationRunId: uuid,
    dryRun: z.boolean(),
    status: z.enum(RUN_STATUSES),
    items: z.array(z.object({ step: z.string(), what: z.string(), id: z.string() })),
  }),
};
export const watch = {
  in: z.strictObject({
    workspaceId,
    operationRunId: uuid,
    lastEventId: z
      .string()
      .regex(/^\d{1,9}$/, 'Must be the id of an event')
      .nullish(),
  }),
  out: runEvent,
};
