import { accessToken, oauthError } from '@gangway/contract/provisioning/access';
import { bulkResult, MAX_BULK_ROWS } from '@gangway/contract/provisioning/bulk';
import { MAIL_TEMPLATE_KEYS } from '@gangway/contract/provisioning/mail-templates';
import { problemDetails } from '@gangway/contract/provisioning/problem';
import { newTenant } from '@gangway/contract/provisioning/tenants';
import { PERMISSIONS } from '@gangway/contract/permissions';
import { REASONS, type ReasonCode } from '@gangway/contract/reason-codes';
import {
  createDocument,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
  type ZodOpenApiResponsesObject,
} from 'zod-openapi';
import { z } from 'zod';
import type { Route } from './route.js';
import { ROUTES } from './routes.js';

const TAGS: Record<string, string> = {
  tenants: 'Tenants',
  operationRuns: 'Operation runs',
  apiKeys: 'API keys',
  webhooks: 'Webhooks',
  analytics: 'Analytics',
  mailTemplates: 'Mail templates',
  auditEvents: 'Audit events',
};
const text = z.string();

/** One problem answer, with what can cause it. */
const problem = (...reasons: ReasonCode[]) => ({
  description: reasons.map((reason) => `\`${reason}\`: ${REASONS[reason].title}`).join('; '),
  content: { 'application/problem+json': { schema: problemDetails } },
});

function responsesOf(route: Route): ZodOpenApiResponsesObject {
  const isPost = route.method === 'post';
  const conflicts: ReasonCode[] = [
    ...(route.conflicts ?? []),
    ...(isPost && !route.conflicts?.includes('idempotency.in_flight')
      ? (['idempotency.in_flight'] as const)
      : []),
  ];
  const replayed = {
    'Idempotent-Replayed': {
      schema: text,
      description: '`true` where this is the answer to an earlier request with the same key',
    },
  };
  const headers = {
    ...(route.hasLocation
      ? { Location: { schema: text, description: 'Where what was made can be read' } }
      : {}),
    ...(isPost ? replayed : {}),
  };
  return {
    [`${route.status}`]: {
      description: 'Success',
      headers,
      ...(route.output === null ? {} : { content: { 'application/json': { schema: route.output } } }),
    },
    400: problem('validation.failed', 'request.unparsable'),
    401: {
      ...problem('auth.required'),
      headers: {
        'WWW-Authenticate': { schema: text, description: 'Names `invalid_token`: a fresh token may help' },
      },
    },
    403: problem('partner.permission_missing'),
    ...(route.names ? { 404: problem('resource.not_found') } : {}),
    405: problem('request.method_not_allowed'),
    ...(conflicts.length > 0 ? { 409: problem(...conflicts) } : {}),
    ...(route.method === 'get'
      ? {}
      : { 413: problem('request.too_large'), 415: problem('request.unsupported_media_type') }),
    ...(isPost ? { 422: problem('idempotency.mismatch') } : {}),
    500: problem('internal.error'),
    503: {
      ...problem('database.unavailable'),
      headers: { 'Retry-After': { schema: text, description: 'Seconds' } },
    },
  };
}

function pathOf({ path, names }: Route): { path?: z.ZodObject } {
  if (!names) return {};
  return {
    path: path.includes('{key}') ? z.object({ key: z.enum(MAIL_TEMPLATE_KEYS) }) : z.object({ id: z.uuid() }),
  };
}

function operationOf(route: Route): ZodOpenApiOperationObject {
  const [tag = ''] = route.name.split('.');
  const hasInput = Object.keys(route.input.shape).length > 0;
  const path = pathOf(route);
  const query = route.method === 'get' && hasInput ? { query: route.input } : {};
  const key = z
    .string()
    .min(1)
    .max(255)
    .optional()
    .meta({ description: 'Makes a repeated request one request, for 24 hours' });
  const header = route.method === 'post' ? { header: z.object({ 'Idempotency-Key': key }) } : {};
  const content = {
    'application/json': { schema: route.input, ...(route.example ? { example: route.example } : {}) },
  };
  return {
    operationId: route.name,
    summary: route.summary,
    description: `${route.description ? `${route.description}\n\n` : ''}Needs the permission \`${route.permission}\`.`,
    tags: [TAGS[tag] ?? tag],
    requestParams: { ...path, ...query, ...header },
    ...(route.method !== 'get' && hasInput
      ? { requestBody: { required: !route.input.safeParse({}).success, content } }
      : {}),
    responses: responsesOf(route),
  };
}

const events: ZodOpenApiOperationObject = {
  operationId: 'operationRuns.events',
  summary: 'Follow an operation run',
  description:
    'Server-sent events, each with its number as id: a client that sends `Last-Event-ID` misses and repeats nothing. Ends with the run. Needs the permission `tenant:read`.',
  tags: ['Operation runs'],
  requestParams: {
    path: z.object({ id: z.uuid() }),
    header: z.object({ 'Last-Event-ID': z.string().optional() }),
  },
  responses: {
    200: { description: 'The events', content: { 'text/event-stream': { schema: text } } },
    401: problem('auth.required'),
    403: problem('partner.permission_missing'),
    404: problem('resource.not_found'),
  },
};

const bulk: ZodOpenApiOperationObject = {
  operationId: 'tenants.bulk',
  summary: `Create up to ${MAX_BULK_ROWS} tenants`,
  description:
    'A JSON array, or CSV whose first line names the fields (`admin_user.first_name` for the inner ones). A refused row never stops another. Up to 10 MB. Needs the permission `tenant:create`.',
  tags: ['Tenants'],
  requestParams: { header: z.object({ 'Idempotency-Key': z.string().min(1).max(255).optional() }) },
  requestBody: {
    required: true,
    content: {
      'application/json': { schema: z.array(newTenant).max(MAX_BULK_ROWS) },
      'text/csv': { schema: text },
    },
  },
  responses: {
    202: {
      description: 'One result for each row, in its order',
      content: { 'application/json': { schema: bulkResult } },
    },
    400: problem('validation.failed', 'request.unparsable'),
    401: problem('auth.required'),
    403: problem('partner.permission_missing'),
    409: problem('idempotency.in_flight'),
    413: problem('request.too_large'),
    415: problem('request.unsupported_media_type'),
    422: problem('idempotency.mismatch'),
    503: problem('database.unavailable'),
  },
};

const tokenForm = z.object({
  grant_type: z.literal('client_credentials'),
  client_id: z.string().optional(),
  client_secret: z.string().optional(),
  scope: z
    .string()
    .optional()
    .meta({ description: 'Permissions, separated by blanks; without it all that the client holds' }),
});
const oauth: ZodOpenApiOperationObject = {
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
      content: { 'application/json': { schema: oauthError } },
    },
  },
};

function pathsOf(): ZodOpenApiPathsObject {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const route of ROUTES) (paths[`/api${route.path}`] ??= {})[route.method] = operationOf(route);
  return {
    '/api/oauth/token': { post: oauth },
    ...paths,
    '/api/provisioning/tenants/bulk': { post: bulk },
    '/api/provisioning/operation-runs/{id}/events': { get: events },
  };
}

/** The partner plane as OpenAPI 3.1, written from the schemas and the routes that answer. */
export const openApiDocument: ReturnType<typeof createDocument> = createDocument({
  openapi: '3.1.0',
  info: {
    title: 'Gangway provisioning API',
    version: '1.0.0',
    description:
      'Create and manage tenants. Errors are problem details (RFC 9457) with a stable `reason_code`.',
  },
  servers: [{ url: '/' }],
  security: [{ bearer: [] }, { oauth: [] }],
  paths: pathsOf(),
  components: {
    securitySchemes: {
      bearer: { type: 'http', scheme: 'bearer', description: 'An access token or an API key (`gwk_…`)' },
      oauth: {
        type: 'oauth2',
        flows: {
          clientCredentials: {
            tokenUrl: '/api/oauth/token',
            scopes: Object.fromEntries(PERMISSIONS.map((permission) => [permission, permission])),
          },
        },
      },
    },
  },
});
