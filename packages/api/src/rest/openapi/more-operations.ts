/** The operations that are more than JSON in and JSON out, and so stand in no route table. */
import { accessToken, oauthError } from '@gangway/contract/provisioning/access';
import { bulkResult, MAX_BULK_ROWS } from '@gangway/contract/provisioning/bulk';
import { BULK_TEMPLATE } from '@gangway/contract/provisioning/bulk-columns';
import { RUN_EVENT_KINDS, type operationRunEvent } from '@gangway/contract/provisioning/operation-runs';
import { newTenant } from '@gangway/contract/provisioning/tenants';
import type { ZodOpenApiOperationObject } from 'zod-openapi';
import { z } from 'zod';
import {
  BAD_BODY,
  FAULTS,
  NO_PERMISSION,
  NO_SUCH_METHOD,
  problems,
  QUOTA,
  REPLAYED,
  text,
  TEXT_HEADER,
} from './answers.js';
import { IDEMPOTENCY_KEY } from './idempotency-key.js';

const exampleData: z.input<typeof operationRunEvent> = {
  at: '2030-01-31T09:00:01.250Z',
  run: {
    ...{ status: 'running', progress: 50, step: 'creating_admin_user', attempt: 1 },
    ...{ reason_code: null, message: null, waiting_until: null, held: false },
  },
  step: { name: 'creating_admin_user', status: 'succeeded', attempt: 1 },
};
const exampleEvent = `id: 4
event: step.finished
data: ${JSON.stringify(exampleData)}

`;
export const events: ZodOpenApiOperationObject = {
  operationId: 'operationRuns.events',
  summary: 'Follow an operation run',
  description: `Server-sent events, each with its number as id: a client that sends \`Last-Event-ID\` misses and repeats nothing. Their names are ${RUN_EVENT_KINDS.map((kind) => `\`${kind}\``).join(', ')}; their data is an \`OperationRunEvent\` in JSON. A comment every 15 seconds keeps the connection open. Ends with the run. Needs the permission \`tenant:read\`.`,
  tags: ['Operation runs'],
  requestParams: {
    path: z.object({ id: z.uuid() }),
    header: z.object({ 'Last-Event-ID': z.string().optional() }),
  },
  responses: {
    200: {
      description: 'The events',
      content: {
        'text/event-stream': {
          schema: text,
          example: exampleEvent,
          // OpenAPI 3.1 has no word for the schema of an event.
          'x-event-data': { $ref: '#/components/schemas/OperationRunEvent' },
        },
      },
    },
    ...problems({
      ...NO_PERMISSION,
      404: ['resource.not_found'],
      ...NO_SUCH_METHOD,
      ...FAULTS,
      429: ['stream.limit_reached', 'request.rate_limited'],
    }),
  },
};

export const bulk: ZodOpenApiOperationObject = {
  operationId: 'tenants.bulk',
  summary: `Create up to ${MAX_BULK_ROWS} tenants`,
  description:
    'A JSON array, or CSV whose first line names the fields (`admin_user.first_name` for the inner ones), separated by commas, semicolons or tabs, in UTF-8, in UTF-16 with a byte order mark, or in the `charset` of the content type. A refused row never stops another. Up to 10 MB, unpacked; of CSV at most 50 columns and 4,000 characters a cell. Needs the permission `tenant:create`.',
  tags: ['Tenants'],
  requestParams: { header: IDEMPOTENCY_KEY },
  requestBody: {
    required: true,
    content: {
      'application/json': { schema: z.array(newTenant).min(1).max(MAX_BULK_ROWS) },
      'text/csv': { schema: text },
    },
  },
  responses: {
    202: {
      description: 'One result for each row, in its order',
      headers: { ...REPLAYED, ...QUOTA },
      content: { 'application/json': { schema: bulkResult } },
    },
    ...problems({
      ...BAD_BODY,
      ...NO_PERMISSION,
      ...NO_SUCH_METHOD,
      409: ['idempotency.in_flight'],
      422: ['idempotency.mismatch'],
      ...FAULTS,
    }),
  },
};

export const bulkTemplate: ZodOpenApiOperationObject = {
  operationId: 'tenants.bulkTemplate',
  summary: 'Download a CSV file to fill in',
  description:
    'All columns that a bulk request can have, and one row as an example. Needs the permission `tenant:create`.',
  tags: ['Tenants'],
  responses: {
    200: {
      description: 'The file',
      headers: QUOTA,
      content: { 'text/csv': { schema: text, example: BULK_TEMPLATE.replace('\ufeff', '') } },
    },
    ...problems({ ...NO_PERMISSION, ...NO_SUCH_METHOD, ...FAULTS }),
  },
};

const tokenForm = z
  .object({
    grant_type: z.literal('client_credentials'),
    client_id: z.string().optional(),
    client_secret: z.string().optional(),
    scope: z
      .string()
      .optional()
      .meta({ description: 'Permissions, separated by blanks; without it all that the client holds' }),
  })
  .meta({ id: 'AccessTokenRequest' });
export const oauth: ZodOpenApiOperationObject = {
  operationId: 'oauth.token',
  summary: 'Get an access token',
  description: 'Client credentials (RFC 6749, 4.4), in the form or as HTTP Basic.',
  tags: ['Access'],
  security: [],
  requestBody: { required: true, content: { 'application/x-www-form-urlencoded': { schema: tokenForm } } },
  responses: {
    200: { description: 'The token', content: { 'application/json': { schema: accessToken } } },
    400: { description: 'The request was refused', content: { 'application/json': { schema: oauthError } } },
    401: {
      description: 'The client is unknown, or its secret is wrong',
      headers: { 'WWW-Authenticate': { schema: TEXT_HEADER, description: '`Basic`, as RFC 6749 asks' } },
      content: { 'application/json': { schema: oauthError } },
    },
    ...problems({
      ...NO_SUCH_METHOD,
      413: ['request.too_large'],
      ...FAULTS,
      429: ['auth.too_many_attempts', 'request.rate_limited'],
    }),
  },
};
