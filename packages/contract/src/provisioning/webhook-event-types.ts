/**
 * The body of each webhook delivery as a type, written down rather than inferred: the typed client has it without zod.
 * `webhook-events.ts` holds its schemas to these types.
 */
import type { OperationType } from '../operation-types.js';
import type { ReasonCode } from '../reason-codes.js';

interface Envelope<Type extends string, Data> {
  type: Type;
  /** When it happened, ISO 8601. */
  timestamp: string;
  data: Data;
}

interface TenantRef {
  tenant: string;
  operation_run_id: string;
  /** Null if all went well. */
  reason_code: ReasonCode | null;
}

interface TenantAsRead {
  tenant: string;
  client_name: string;
  email: string;
  phone_number: string | null;
  industry: string | null;
  created_at: string;
  updated_at: string;
  status: 'provisioning' | 'active' | 'suspended' | 'deleting' | 'failed';
  operation_run_id: string | null;
}

interface FinishedRun {
  operation_run_id: string;
  type: OperationType;
  status: 'queued' | 'running' | 'succeeded' | 'failed';
  reason_code: ReasonCode | null;
}

interface ManagedTenantRef {
  workspace_id: string;
  managed_tenant_id: string;
}

/** What a webhook delivery says; `type` tells which `data` it has. */
export type WebhookEvent =
  | Envelope<'tenant.created', TenantRef>
  | Envelope<'tenant.updated', TenantAsRead>
  | Envelope<'tenant.deleted', TenantRef>
  | Envelope<'tenant.creation_failed', TenantRef>
  /** `{ test: true }` is what a test of the endpoint sends: it is about no run. */
  | Envelope<'operation_run.finished', FinishedRun | { test: true }>
  | Envelope<
      'managed_tenant.verified',
      ManagedTenantRef & { operation_run_id: string; reason_code: ReasonCode | null }
    >
  | Envelope<'managed_tenant.onboarded', ManagedTenantRef>;
