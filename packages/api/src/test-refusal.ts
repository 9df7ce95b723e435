import { bulkResult } from '@gangway/contract/provisioning/bulk';
import { REASON_CODES, REASONS } from '@gangway/contract/reason-codes';
import { expect } from 'vitest';
import { z } from 'zod';
import type { Answer } from './test-api.js';

/** How a refusal looks, and nothing beside. */
const refusal = z.strictObject({
  message: z.enum(REASON_CODES.map((code) => REASONS[code].title)),
  code: z.number().int(),
  data: z.strictObject({
    code: z.string().regex(/^[A-Z_]+$/),
    httpStatus: z.number().int().min(400).max(499),
    reasonCode: z.enum(REASON_CODES),
    requestId: z.string().min(1),
    fieldErrors: z
      .array(z.strictObject({ field: z.string(), message: z.string() }))
      .max(20)
      .optional(),
    conflict: z
      .strictObject({ version: z.number(), updatedBy: z.string(), updatedAt: z.iso.datetime() })
      .optional(),
    capability: z.string().optional(),
    permission: z.string().optional(),
    existingId: z.uuid().optional(),
    roles: z.array(z.string()).optional(),
    holders: z.array(z.string()).max(5).optional(),
    retryAfter: z.number().optional(),
    expiredAt: z.iso.datetime().optional(),
  }),
});

/** Words of a library, a stack, a statement or a path: none belongs in an answer. */
const LEAKED =
  /\.[cm]?[jt]s:\d|node_modules|prisma|\bzod\b|\bSELECT\b|\bINSERT\b|SQLSTATE|Invalid input|Unrecognized key|Too (big|small)|received |ECONN|"stack"/i;

/** Expects a 4xx in the one error shape, which tells nothing that it should not. */
export function expectRefusal(answer: Answer, sent: unknown): void {
  const shown = JSON.stringify(sent)?.slice(0, 300);
  expect(answer.status, `${shown} -> ${answer.body.slice(0, 300)}`).toBeGreaterThanOrEqual(400);
  expect(answer.status, `${shown} -> ${answer.body.slice(0, 300)}`).toBeLessThan(500);
  const text = answer.body.startsWith('{')
    ? answer.body
    : (/data: (\{"message.*\}|\{"code.*\})/.exec(answer.body)?.[1] ?? '');
  const parsed = JSON.parse(text) as unknown;
  const error = refusal.parse(
    typeof parsed === 'object' && parsed && 'error' in parsed ? parsed.error : parsed,
  );
  expect(error.data.httpStatus).toBe(answer.status);
  expect(text).not.toMatch(LEAKED);
  expect(answer.body.length).toBeLessThan(10_000);
}

const rows = z.object({ result: z.object({ data: bulkResult }) });

/** The same of a bulk request, which refuses row by row. */
export function expectRefusedRows(answer: Answer, sent: unknown): void {
  const { accepted, items } = rows.parse(answer.data).result.data;
  expect(accepted, JSON.stringify(sent)?.slice(0, 300)).toBe(0);
  for (const item of items) expect(item.reason_code).toMatch(/^(validation\.failed|\w+\.duplicate)$/);
  expect(answer.body).not.toMatch(LEAKED);
  expect(answer.body.length).toBeLessThan(10_000);
}
