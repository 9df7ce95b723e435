import type { AppContext } from '@gangway/domain/app-context';
import { toAddressKey } from '@gangway/domain/limits/to-address-key';
import type { RequestHandler, Response } from 'express';
import { QuotaReport } from '../quota-report.js';

const reports = new WeakMap<Response, QuotaReport>();

/** Counts the request for the address it comes from, before anything else is known of it. */
export function countCall({ callLimits }: AppContext): RequestHandler {
  return async (request, response, next) => {
    await callLimits.count('address', toAddressKey(request.ip ?? ''), quotasOf(response).add);
    next();
  };
}

/** Where what counts this request reports to. */
export function quotasOf(response: Response): QuotaReport {
  const known = reports.get(response);
  if (known) return known;
  const report = new QuotaReport();
  reports.set(response, report);
  return report;
}

/** Says in the answer how its caller stands. */
export function setQuotaHeaders(response: Response): void {
  for (const [name, value] of Object.entries(quotasOf(response).toHeaders())) response.setHeader(name, value);
}
