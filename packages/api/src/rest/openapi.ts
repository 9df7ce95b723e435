import { MAIL_TEMPLATE_KEYS } from '@gangway/contract/provisioning/mail-templates';
import { operationRunEvent } from '@gangway/contract/provisioning/operation-runs';
import type { ReasonCode } from '@gangway/contract/reason-codes';
import {
  createDocument,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
  type ZodOpenApiResponsesObject,
} from 'zod-openapi';
import { z } from 'zod';
import {
  BAD_BODY,
  FAULTS,
  NO_PERMISSION,
  NO_SUCH_METHOD,
  problems,
  QUOTA,
  REPLAYED,
  TEXT_HEADER,
  WAITED,
} from './openapi/answers.js';
import { MAX_WAIT_SECONDS } from '../preferred-wait.js';
import { keepOpen } from './openapi/keep-open.js';
import { forGenerators } from './openapi/for-generators.js';
import { IDEMPOTENCY_KEY } from './openapi/idempotency-key.js';
import { bulk, bulkTemplate, events, oauth } from './openapi/more-operations.js';
import { WEBHOOK_EVENT_TAG, webhooks } from './openapi/webhook-events.js';
import type { Route } from './route.js';
import { ROUTES } from './routes.js';

/** By the first part of an operation's name. */
const TAGS: Readonly<Record<string, { name: string; description: string }>> = {
  oauth: { name: 'Access', description: 'Access tokens for clients of a partner' },
  tenants: { name: 'Tenants', description: 'Creating, reading, changing and deleting tenants' },
  operationRuns: { name: 'Operation runs', description: 'Following and controlling what takes longer' },
  apiKeys: { name: 'API keys', description: 'Credentials of your own' },
  webhooks: { name: 'Webhooks', description: 'Endpoints that are told of events, and what was sent to them' },
  analytics: { name: 'Analytics', description: 'Counts and durations' },
  mailTemplates: { name: 'Mail templates', description: 'Your own words in mails to people of your tenants' },
  auditEvents: { name: 'Audit events', description: 'What was done with your credentials' },
};

function responsesOf(route: Route): ZodOpenApiResponsesObject {
  const isPost = route.method === 'post';
  const ofKey: ReasonCode[] = isPost ? ['idempotency.in_flight'] : [];
  const [conflict, ...conflicts] = new Set([...(route.conflicts ?? []), ...ofKey]);
  const headers = {
    ...(route.hasLocation
      ? { Location: { schema: TEXT_HEADER, description: 'Where what was made can be read' } }
      : {}),
    ...(isPost ? REPLAYED : {}),
    ...(route.canWait ? WAITED : {}),
    ...QUOTA,
  };
  return {
    [`${route.status}`]: {
      description: 'Success',
      headers,
      ...(route.output === null
        ? {}
        : { content: { 'application/json': { schema: route.output, example: route.exampleAnswer } } }),
    },
    ...problems({
      ...(route.method === 'get' ? { 400: ['validation.failed'] } : BAD_BODY),
      ...NO_PERMISSION,
      404: route.names ? ['resource.not_found'] : undefined,
      ...NO_SUCH_METHOD,
      409: conflict === undefined ? undefined : [conflict, ...conflicts],
      422: isPost ? ['idempotency.mismatch'] : undefined,
      ...FAULTS,
    }),
  };
}

function pathOf({ path, names }: Route): { path?: z.ZodObject } {
  if (!names) return {};
  return {
    path: path.includes('{key}') ? z.object({ key: z.enum(MAIL_TEMPLATE_KEYS) }) : z.object({ id: z.uuid() }),
  };
}

/** A query string cannot express null, so its parameters are not nullable. */
const toQuery = (input: z.ZodObject): z.ZodObject =>
  z.object(
    Object.fromEntries(Object.entries(input.shape).map(([name, schema]) => [name, withoutNull(schema)])),
  );

function withoutNull(schema: z.core.$ZodType): z.core.$ZodType {
  const isNullish = schema instanceof z.ZodPipe && schema.in instanceof z.ZodOptional;
  if (!isNullish || !(schema.in instanceof z.ZodOptional)) return schema;
  const inner = schema.in.unwrap();
  if (!(inner instanceof z.ZodNullable)) return schema;
  const plain = inner.unwrap();
  return plain instanceof z.ZodType ? plain.optional().meta(schema.meta() ?? {}) : schema;
}

const PREFER = `\`wait=N\` (RFC 7240): answer when the run has ended or N seconds have passed, whichever is first. From 1 to ${MAX_WAIT_SECONDS}; more is taken for ${MAX_WAIT_SECONDS}, what is not understood is ignored.`;

function operationOf(route: Route): ZodOpenApiOperationObject {
  const [tag = ''] = route.name.split('.');
  const hasInput = Object.keys(route.input.shape).length > 0;
  const path = pathOf(route);
  const query = route.method === 'get' && hasInput ? { query: toQuery(route.input) } : {};
  const prefer = z
    .string()
    .optional()
    .meta({ description: PREFER, examples: ['wait=30'] });
  const headers = IDEMPOTENCY_KEY.extend(route.canWait ? { Prefer: prefer } : {});
  const header = route.method === 'post' ? { header: headers } : {};
  const content = {
    'application/json': { schema: route.input, ...(route.example ? { example: route.example } : {}) },
  };
  return {
    operationId: route.name,
    summary: route.summary,
    description: `${route.description ? `${route.description}\n\n` : ''}Needs the permission \`${route.permission}\`.`,
    tags: [TAGS[tag]?.name ?? tag],
    requestParams: { ...path, ...query, ...header },
    ...(route.method !== 'get' && hasInput
      ? { requestBody: { required: isBodyRequired(route), content } }
      : {}),
    responses: responsesOf(route),
  };
}

/** A change says what it changes, even where nothing would do. */
function isBodyRequired({ method, input }: Route): boolean {
  return method === 'patch' || method === 'put' || !input.safeParse({}).success;
}

function pathsOf(): ZodOpenApiPathsObject {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const route of ROUTES) (paths[`/api${route.path}`] ??= {})[route.method] = operationOf(route);
  return {
    '/api/oauth/token': { post: oauth },
    ...paths,
    '/api/provisioning/tenants/bulk': { post: bulk },
    '/api/provisioning/tenants/bulk/template.csv': { get: bulkTemplate },
    '/api/provisioning/operation-runs/{id}/events': { get: events },
  };
}

const document: ReturnType<typeof createDocument> = createDocument(
  {
    openapi: '3.1.0',
    info: {
      title: 'Gangway provisioning API',
      version: '1.0.0',
      description:
        'Create and manage tenants. Errors are problem details (RFC 9457) with a stable `reason_code`. ' +
        'A client for TypeScript, to install with npm: `/api/gangway-client.tgz`.',
    },
    servers: [{ url: '/' }],
    // One scheme: of two alternatives some generated clients send both, one of them without "Bearer".
    security: [{ bearer: [] }],
    tags: [...Object.values(TAGS), WEBHOOK_EVENT_TAG],
    paths: pathsOf(),
    webhooks,
    components: {
      schemas: { OperationRunEvent: operationRunEvent },
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          description:
            'An API key (`gwk_…`), or an access token by client credentials of `POST /api/oauth/token`. What an operation needs is in its description.',
        },
      },
    },
  },
  { override: keepOpen },
);

/** The partner plane as OpenAPI 3.1, written from the schemas and the routes that answer. */
export const openApiDocument: ReturnType<typeof createDocument> = forGenerators(document);
