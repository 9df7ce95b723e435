import { pageQuery } from '@gangway/contract/provisioning/shared';
import * as contract from '@gangway/contract/provisioning/webhooks';
import {
  createWebhook,
  deleteWebhook,
  getWebhook,
  listWebhooks,
  updateWebhook,
} from '@gangway/domain/webhooks/manage-webhooks';
import { rotateWebhookSecret } from '@gangway/domain/webhooks/rotate-webhook-secret';
import { listDeliveries, redeliver, testWebhook } from '@gangway/domain/webhooks/webhook-deliveries';
import { z } from 'zod';
import { defineRoute } from '../route.js';
import * as examples from './examples.js';

const base = '/provisioning/webhooks';
const one = `${base}/{id}`;
const names = { kind: 'webhook', field: 'id' } as const;
const permission = 'webhook:manage';
const nothing = z.strictObject({});
const location = ({ id }: { id: string }) => `/api${base}/${id}`;

export const webhookRoutes = [
  defineRoute({
    ...{ name: 'webhooks.create', method: 'post', path: base, permission, status: 201, location },
    isSecretTold: true,
    conflicts: ['webhook.limit_reached'],
    summary: 'Register a webhook endpoint',
    description:
      'Deliveries follow Standard Webhooks. The secret that signs them is shown in this answer only.',
    example: {
      url: 'https://hooks.example.com/gangway',
      events: ['tenant.created', 'tenant.creation_failed'],
    },
    input: contract.newWebhook,
    output: contract.createdWebhook,
    exampleAnswer: examples.createdWebhook,
    run: (scope, input, { subjectId }) => createWebhook(scope, input, subjectId),
  }),
  defineRoute({
    ...{ name: 'webhooks.list', method: 'get', path: base, permission, status: 200 },
    summary: 'List webhook endpoints, newest first',
    input: pageQuery,
    output: contract.webhookList,
    exampleAnswer: examples.webhookList,
    run: listWebhooks,
  }),
  defineRoute({
    ...{ name: 'webhooks.get', method: 'get', path: one, permission, status: 200, names },
    summary: 'Get a webhook endpoint',
    input: nothing,
    output: contract.webhook,
    exampleAnswer: examples.webhook,
    run: getWebhook,
  }),
  defineRoute({
    ...{ name: 'webhooks.update', method: 'patch', path: one, permission, status: 200, names },
    summary: 'Change a webhook endpoint, or switch it on and off',
    example: { enabled: true },
    input: contract.webhookPatch,
    output: contract.webhook,
    exampleAnswer: examples.webhook,
    run: updateWebhook,
  }),
  defineRoute({
    ...{ name: 'webhooks.delete', method: 'delete', path: one, permission, status: 204, names },
    summary: 'Remove a webhook endpoint',
    input: nothing,
    output: null,
    run: deleteWebhook,
  }),
  defineRoute({
    ...{
      name: 'webhooks.rotateSecret',
      method: 'post',
      path: `${one}/rotate-secret`,
      permission,
      status: 201,
      names,
      location,
    },
    isSecretTold: true,
    summary: 'Replace the secret that signs; the old one signs too for the overlap',
    description:
      'The new secret is shown in this answer only. Until the overlap ends, `webhook-signature` holds a signature by each secret, separated by a space. The secret before the old one signs no more at once.',
    example: { overlap_hours: 24 },
    input: contract.rotateWebhookSecret,
    output: contract.createdWebhook,
    exampleAnswer: examples.createdWebhook,
    run: (scope, input, { subjectId }) => rotateWebhookSecret(scope, input, subjectId),
  }),
  defineRoute({
    ...{ name: 'webhooks.test', method: 'post', path: `${one}/test`, permission, status: 202, names },
    summary: 'Send a test event',
    description:
      'An `operation_run.finished` whose data is `{"test": true}`: it is of no run. Also sent to an endpoint that is switched off, so that it can be tried before it is switched on.',
    input: nothing,
    output: contract.webhookDelivery,
    exampleAnswer: examples.webhookDelivery,
    run: (scope, input, { subjectId }) => testWebhook(scope, input, subjectId),
  }),
  defineRoute({
    ...{
      name: 'webhooks.deliveries',
      method: 'get',
      path: `${one}/deliveries`,
      permission,
      status: 200,
      names,
    },
    summary: 'List what was sent to an endpoint, newest first',
    input: pageQuery,
    output: contract.webhookDeliveryList,
    exampleAnswer: examples.webhookDeliveryList,
    run: listDeliveries,
  }),
  defineRoute({
    ...{
      name: 'webhooks.redeliver',
      method: 'post',
      path: `${base}/deliveries/{id}/redeliver`,
      permission,
      status: 202,
      names: { kind: 'webhookDelivery', field: 'id' },
    },
    summary: 'Send an event again, under its own id',
    input: nothing,
    output: contract.webhookDelivery,
    exampleAnswer: examples.webhookDelivery,
    run: redeliver,
  }),
];
