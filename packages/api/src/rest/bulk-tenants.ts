import { bulkResult, bulkRows, MAX_BULK_ROWS } from '@gangway/contract/provisioning/bulk';
import { BULK_COLUMNS } from '@gangway/contract/provisioning/bulk-columns';
import { openPartner } from '@gangway/domain/access/open-partner';
import type { AppContext } from '@gangway/domain/app-context';
import { createTenants } from '@gangway/domain/provisioning/create-tenants';
import { withIdempotency, type Answer } from '@gangway/domain/provisioning/idempotency';
import express, { type Request, type RequestHandler, type Response } from 'express';
import { toRowErrors } from '../errors.js';
import { toIdempotencyKey } from '../idempotency-key.js';
import { isDeeper } from '../is-deeper.js';
import { checkJsonLimits, jsonLimitsOf } from '../json-limits.js';
import { toPartnerAction } from '../partner-action.js';
import { parseInput } from '../parse-input.js';
import { bodyOf } from './body-of.js';
import { quotasOf, setQuotaHeaders } from './count-call.js';
import { UnknownCharsetError } from './csv/decode-text.js';
import { readCsv } from './csv/read-csv.js';
import { fingerprintOf } from './fingerprint.js';
import { hasBody, isUtf8, UnsupportedMediaType } from './read-json.js';

interface BulkApi {
  readonly app: AppContext;
  readonly requestIdOf: (request: Request) => string;
  /** Told what nobody expected of a row. */
  readonly onUnexpected: (error: unknown, path: string, requestId: string) => void;
}

const TYPES =
  'application/json, or text/csv with a line that names the columns, in UTF-8 or the charset that it names';
const MAX_DEPTH = 8;
const MAX_BYTES = 10 * 2 ** 20;
const limits = jsonLimitsOf('/tenants/bulk');
const readArray = express.json({
  limit: MAX_BYTES,
  type: () => true,
  verify: (_request, _response, bytes) => checkJsonLimits(bytes, limits),
});

/** Reads a JSON array or CSV of up to 10 MB. @throws UnsupportedMediaType, AppError invalid */
async function readBulk(request: Request, response: Response): Promise<unknown> {
  const contentType = request.headers['content-type'] ?? '';
  const type = /^(application\/json|text\/csv)\s*(;|$)/i.exec(contentType)?.[1]?.toLowerCase();
  if (!hasBody(request)) return [];
  if (type === 'text/csv') return readCsvBody(request, contentType);
  if (type === undefined || !isUtf8(contentType)) throw new UnsupportedMediaType(TYPES);
  await new Promise<void>((resolve, reject) => {
    readArray(request, response, (error?: Error | 'route' | 'router') => {
      if (error instanceof Error) reject(error);
      else resolve();
    });
  });
  return request.body;
}

/** The parameters of `text/csv` (RFC 4180): `charset`, UTF-8 by default, and `header`, which has to be there. */
async function readCsvBody(request: Request, contentType: string): Promise<unknown> {
  const [, charset = 'utf-8'] = /;\s*charset="?([\w.:-]+)/i.exec(contentType) ?? [];
  if (/;\s*header="?absent/i.test(contentType)) throw new UnsupportedMediaType(TYPES);
  const format = { charset, columns: BULK_COLUMNS, rows: MAX_BULK_ROWS };
  try {
    return await readCsv(bodyOf(request, MAX_BYTES), format);
  } catch (error) {
    throw error instanceof UnknownCharsetError ? new UnsupportedMediaType(TYPES) : error;
  }
}

/**
 * Creates up to 10,000 tenants from a JSON array or CSV, with one result for each row. So large a body is read for those
 * only who may send one.
 */
export function serveBulk({ app, requestIdOf, onUnexpected }: BulkApi): RequestHandler {
  return async (request, response) => {
    const requestId = requestIdOf(request);
    const scope = await openPartner(
      { app, requestId, reportQuota: quotasOf(response).add },
      request.headers.authorization ?? null,
      { permission: 'tenant:create', action: toPartnerAction('tenants.bulk') },
    );
    const given = await readBulk(request, response);
    // A row that could exhaust the stack is no object to look into: it is refused like any other that is none.
    const rows = parseInput(bulkRows, given).map((row) => (isDeeper(row, MAX_DEPTH) ? null : row));
    const attempt = async (subjectId?: string): Promise<Answer> => {
      const tellOf = (error: unknown) => onUnexpected(error, request.path, requestId);
      const options = { toFieldErrors: toRowErrors, onUnexpected: tellOf, subjectId };
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
