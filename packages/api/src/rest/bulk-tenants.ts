import { BULK_COLUMNS, bulkResult, bulkRows } from '@gangway/contract/provisioning/bulk';
import { openPartner } from '@gangway/domain/access/open-partner';
import { invalidField } from '@gangway/domain/errors';
import type { House } from '@gangway/domain/house';
import { createTenants } from '@gangway/domain/provisioning/create-tenants';
import { withIdempotency, type Answer } from '@gangway/domain/provisioning/idempotency';
import express, { type Request, type RequestHandler, type Response } from 'express';
import { toFieldErrors } from '../errors.js';
import { toIdempotencyKey } from '../idempotency-key.js';
import { isDeeper } from '../is-deeper.js';
import { toPartnerAction } from '../partner-action.js';
import { parseInput } from '../parse-input.js';
import { quotasOf, setQuotaHeaders } from './count-call.js';
import { fingerprintOf } from './fingerprint.js';
import { parseCsv } from './parse-csv.js';
import { hasBody, UnsupportedMediaType } from './read-json.js';

interface BulkApi {
  readonly house: House;
  readonly requestIdOf: (request: Request) => string;
  /** Told what nobody expected of a row. */
  readonly onUnexpected: (error: unknown, path: string, requestId: string) => void;
}

const BODY_LIMIT = '10mb';
const TYPES = 'application/json, or text/csv in UTF-8';
const MAX_DEPTH = 8;
const readBytes = express.raw({ limit: BODY_LIMIT, type: 'text/csv' });
const readArray = express.json({ limit: BODY_LIMIT });

/** Reads a JSON array or CSV of up to 10 MB. */
function readBulk(request: Request, response: Response): Promise<void> {
  const type = /^(application\/json|text\/csv)\s*(;|$)/i
    .exec(request.headers['content-type'] ?? '')?.[1]
    ?.toLowerCase();
  if (hasBody(request) && type === undefined) throw new UnsupportedMediaType(TYPES);
  const read = type === 'text/csv' ? readBytes : readArray;
  return new Promise((resolve, reject) => {
    read(request, response, (error?: Error | 'route' | 'router') => {
      if (error instanceof Error) reject(error);
      else resolve();
    });
  });
}

/**
 * Creates up to 10,000 tenants from a JSON array or CSV, with one result for each row. So large a body is read for those
 * only who may send one.
 */
export function serveBulk({ house, requestIdOf, onUnexpected }: BulkApi): RequestHandler {
  return async (request, response) => {
    const requestId = requestIdOf(request);
    const scope = await openPartner(
      { house, requestId, reportQuota: quotasOf(response).add },
      request.headers.authorization ?? null,
      {
        permission: 'tenant:create',
        action: toPartnerAction('tenants.bulk'),
      },
    );
    await readBulk(request, response);
    const given: unknown = Buffer.isBuffer(request.body)
      ? parseCsv(toText(request.body, request), BULK_COLUMNS)
      : request.body;
    // A row that could exhaust the stack is no object to look into: it is refused like any other that is none.
    const rows = parseInput(bulkRows, given).map((row) => (isDeeper(row, MAX_DEPTH) ? null : row));
    const attempt = async (subjectId?: string): Promise<Answer> => {
      const tellOf = (error: unknown) => onUnexpected(error, request.path, requestId);
      const options = { toFieldErrors, onUnexpected: tellOf, subjectId };
      const result = bulkResult.parse(await createTenants(scope, rows, options));
      return { status: 202, headers: {}, body: JSON.stringify(result) };
    };
    const key = toIdempotencyKey(request.get('idempotency-key'));
    const fingerprint = fingerprintOf('post', '/provisioning/tenants/bulk', rows);
    const answer =
      key === null
        ? { ...(await attempt()), isReplay: false }
        : await withIdempotency(scope, { key, fingerprint }, attempt);
    if (answer.isReplay) response.setHeader('idempotent-replayed', 'true');
    setQuotaHeaders(response);
    response
      .status(answer.status)
      .setHeader('cache-control', 'no-store')
      .type('application/json')
      .send(answer.body);
  };
}

/** What a file says: in UTF-8, or in what its content type says it is in. @throws UnsupportedMediaType, AppError invalid */
function toText(bytes: Buffer, request: Request): string {
  const [, charset = 'utf-8'] = /;\s*charset="?([\w.:-]+)/i.exec(request.headers['content-type'] ?? '') ?? [];
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof RangeError) throw new UnsupportedMediaType(TYPES);
    throw invalidField('', `Must be text in ${charset.toUpperCase()}: save the file so, and send it again`);
  }
}
