import type { Prisma } from '@gangway/db/generated/client';
import { uuidv7 } from 'uuidv7';
import type { Actor } from '../access/actor.js';

/** Who did it, where, in which request: every admitted scope is one. */
export interface AuditSource {
  readonly actor: Pick<Actor, 'kind' | 'id' | 'label'>;
  readonly requestId: string | null;
  readonly workspaceId?: string;
  readonly partnerId?: string;
}

export interface AuditEntry {
  /** Minted by the caller where a later attempt of the same action has to find it. */
  readonly id?: string;
  readonly action: string;
  readonly outcome?: 'allowed' | 'denied' | 'failed';
  readonly reasonCode?: string;
  readonly targetKind?: string;
  readonly targetId?: string;
  /** Never a secret; of the input only what can be recognised by: an e-mail address, a name. */
  readonly data?: Prisma.InputJsonObject;
}

/** Writes an audit event with the same client as its cause, so that both stand or neither does. */
export async function audit(
  db: Prisma.TransactionClient,
  source: AuditSource,
  entry: AuditEntry,
): Promise<void> {
  await db.auditEvent.create({ data: toRow(source, entry) });
}

/** The same for many events of one cause, in one statement. */
export async function auditMany(
  db: Prisma.TransactionClient,
  source: AuditSource,
  entries: readonly AuditEntry[],
): Promise<void> {
  if (entries.length > 0)
    await db.auditEvent.createMany({ data: entries.map((entry) => toRow(source, entry)) });
}

function toRow(source: AuditSource, entry: AuditEntry): Prisma.AuditEventCreateManyInput {
  return {
    id: entry.id ?? uuidv7(),
    workspaceId: source.workspaceId ?? null,
    partnerId: source.partnerId ?? null,
    actorKind: source.actor.kind,
    actorId: source.actor.id,
    actorLabel: source.actor.label,
    action: entry.action,
    outcome: entry.outcome ?? 'allowed',
    reasonCode: entry.reasonCode ?? null,
    targetKind: entry.targetKind ?? null,
    targetId: entry.targetId ?? null,
    ...(entry.data ? { data: entry.data } : {}),
    requestId: source.requestId,
  };
}
