import { BULK_TEMPLATE } from '@gangway/contract/provisioning/bulk-columns';
import { openPartner } from '@gangway/domain/access/open-partner';
import type { AppContext } from '@gangway/domain/app-context';
import type { Request, RequestHandler } from 'express';
import { quotasOf, setQuotaHeaders } from './count-call.js';

/** The CSV file to fill in for a bulk request, as a download. */
export function serveBulkTemplate(
  app: AppContext,
  requestIdOf: (request: Request) => string,
): RequestHandler {
  return async (request, response) => {
    await openPartner(
      { app, requestId: requestIdOf(request), reportQuota: quotasOf(response).add },
      request.headers.authorization ?? null,
      {
        permission: 'tenant:create',
        action: 'tenants.bulkTemplate',
        resource: null,
      },
    );
    setQuotaHeaders(response);
    response
      .attachment('tenants.csv')
      .setHeader('cache-control', 'no-store')
      .setHeader('content-type', 'text/csv; charset=utf-8; header=present')
      .end(request.method === 'HEAD' ? undefined : BULK_TEMPLATE);
  };
}
