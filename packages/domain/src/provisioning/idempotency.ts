import { createHash } from 'node:crypto';
import { uuidv7 } from 'uuidv7';
import { z } from 'zod';
import type { PartnerScope } from '../access/scope.js';
import { AppError } from '../errors.js';
import { toAppError } from '../to-app-error.js';
import { seal, unseal } from '../secrets/seal.js';

/** An attempt that has not been heard of for this long has died, and its key may be taken up. */
const LOCK_SECONDS = 10;
const BEAT_MS = 3_000;

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** What is kept and replayed, if the body says something that is told once. */
  readonly replayedBody?: string;
}

export interface IdempotentRequest {
  readonly key: string;
  /** Method, address and body: the same key with anything else is refused. */
  readonly fingerprint: string;
}

const stored = z.object({ sealed: z.string() });
const headersShape = z.record(z.string(), z.string());

/**
 * Does a request once for a key of the partner, for 24 hours. What was answered is answered again; `subjectId` is the
 * same for every attempt, so that one that died is found and not repeated. Refusals are not kept: they may pass.
 * @throws AppError unprocessable `idempotency.mismatch`, conflict `idempotency.in_flight`
 */
export async function withIdempotency(
  scope: PartnerScope,
  request: IdempotentRequest,
  attempt: (subjectId: string) => Promise<Answer>,
): Promise<Answer & { readonly isReplay: boolean }> {
  const { prisma } = scope.app.db;
  const { partnerId } = scope;
  const { key } = request;
  const hash = createHash('sha256').update(request.fingerprint).digest('hex');
  const [claimed] = await prisma.$queryRaw<{ subject_id: string }[]>`
    INSERT INTO idempotency_keys AS k (partner_id, key, request_hash, subject_id, locked_until)
    VALUES (${partnerId}::uuid, ${key}, ${hash}, ${uuidv7()}::uuid, now() + ${LOCK_SECONDS} * interval '1 second')
    ON CONFLICT (partner_id, key) DO UPDATE
      SET request_hash = EXCLUDED.request_hash, locked_until = EXCLUDED.locked_until, status = NULL, headers = NULL, body = NULL,
          subject_id = CASE WHEN k.created_at < now() - interval '24 hours' THEN EXCLUDED.subject_id ELSE k.subject_id END,
          created_at = CASE WHEN k.created_at < now() - interval '24 hours' THEN now() ELSE k.created_at END
      WHERE k.created_at < now() - interval '24 hours'
         OR (k.status IS NULL AND k.locked_until <= now() AND k.request_hash = EXCLUDED.request_hash)
    RETURNING k.subject_id`;
  if (!claimed) return replay(scope, key, hash);
  let answer: Answer;
  try {
    answer = await whileLocked(scope, key, () => attempt(claimed.subject_id));
  } catch (error) {
    // What was refused has made nothing, and the key is free again. After anything else nobody knows: the next attempt
    // takes the key up with the same subject, and finds what there is.
    const refusal = toAppError(error)?.refusal ?? 'unavailable';
    const own = { partnerId, key, status: null, requestHash: hash };
    const settled =
      refusal === 'unavailable'
        ? prisma.idempotencyKey.updateMany({ where: own, data: { lockedUntil: new Date(0) } })
        : prisma.idempotencyKey.deleteMany({ where: own });
    await settled.catch(() => undefined);
    throw error;
  }
  // An answer may carry a secret that is shown once.
  const { ciphertext } = await seal(
    scope.app.keys,
    placeOf(partnerId, key),
    answer.replayedBody ?? answer.body,
  );
  await prisma.idempotencyKey.updateMany({
    where: { partnerId, key, requestHash: hash },
    data: { status: answer.status, headers: { ...answer.headers }, body: { sealed: ciphertext } },
  });
  return { ...answer, isReplay: false };
}

/** Keeps the key locked for as long as the work takes: ten thousand rows take a while. */
async function whileLocked<T>(
  { partnerId, app }: PartnerScope,
  key: string,
  work: () => Promise<T>,
): Promise<T> {
  let beaten: Promise<unknown> = Promise.resolve();
  const beat = setInterval(() => {
    beaten = app.db.prisma.$executeRaw`
      UPDATE idempotency_keys SET locked_until = now() + ${LOCK_SECONDS} * interval '1 second'
       WHERE partner_id = ${partnerId}::uuid AND key = ${key} AND status IS NULL`.catch(() => undefined);
  }, BEAT_MS);
  try {
    return await work();
  } finally {
    clearInterval(beat);
    await beaten; // or it would lock the key again
  }
}

async function replay(
  scope: PartnerScope,
  key: string,
  hash: string,
): Promise<Answer & { isReplay: boolean }> {
  const { partnerId } = scope;
  const row = await scope.app.db.prisma.idempotencyKey.findUnique({
    where: { partnerId_key: { partnerId, key } },
  });
  if (row && row.requestHash !== hash) throw new AppError('unprocessable', 'idempotency.mismatch');
  if (!row || row.status === null) throw new AppError('conflict', 'idempotency.in_flight', { retryAfter: 1 });
  const body = await unseal(scope.app.keys, placeOf(partnerId, key), stored.parse(row.body).sealed);
  return { status: row.status, headers: headersShape.parse(row.headers), body, isReplay: true };
}

const placeOf = (partnerId: string, key: string) => ({ owner: partnerId, row: key, field: 'answer' });
