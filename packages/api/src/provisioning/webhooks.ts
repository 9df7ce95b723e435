import { pageQuery } from '@gangway/contract/provisioning/shared';
import * as contract from '@gangway/contract/provisioning/webhooks';
import { uuid } from '@gangway/contract/text';
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
import { partnerProcedure } from '../procedures.js';
import { t } from '../trpc.js';
import { idempotent } from './idempotent.js';

const keyRef = z.strictObject({ id: uuid });
const oneWebhook = partnerProcedure('webhook:manage', { kind: 'webhook', field: 'id' });

export const webhooksRouter = t.router({
  /**
   * Register a webhook endpoint. Deliveries follow Standard Webhooks. The secret that signs them is
   * shown in this answer only.
   */
  create: partnerProcedure('webhook:manage')
    .input(contract.newWebhook)
    .output(contract.createdWebhook)
    .mutation(idempotent(createWebhook)),
  /** List webhook endpoints, newest first. */
  list: partnerProcedure('webhook:manage')
    .input(pageQuery)
    .output(contract.webhookList)
    .query(({ ctx, input }) => listWebhooks(ctx.scope, input)),
  /** Get a webhook endpoint. */
  get: oneWebhook
    .input(keyRef)
    .output(contract.webhook)
    .query(({ ctx, input }) => getWebhook(ctx.scope, input)),
  /** Change a webhook endpoint, or switch it on and off. */
  update: oneWebhook
    .input(contract.webhookPatch.extend(keyRef.shape))
    .output(contract.webhook)
    .mutation(({ ctx, input }) => updateWebhook(ctx.scope, input)),
  /** Remove a webhook endpoint. */
  delete: oneWebhook.input(keyRef).mutation(({ ctx, input }) => deleteWebhook(ctx.scope, input)),
  /**
   * Replace the secret that signs; the old one signs too for the overlap. The new secret is shown in
   * this answer only. Until the overlap ends, `webhook-signature` holds a signature by each secret,
   * separated by a space. The secret before the old one signs no more at once.
   */
  rotateSecret: oneWebhook
    .input(contract.rotateWebhookSecret.extend(keyRef.shape))
    .output(contract.createdWebhook)
    .mutation(idempotent(rotateWebhookSecret)),
  /**
   * Send a test event. An `operation_run.finished` whose data is `{"test": true}`: it is of no run. Also
   * sent to an endpoint that is switched off, so that it can be tried before it is switched on.
   */
  test: oneWebhook.input(keyRef).output(contract.webhookDelivery).mutation(idempotent(testWebhook)),
  /** List what was sent to an endpoint, newest first. */
  deliveries: oneWebhook
    .input(pageQuery.extend(keyRef.shape))
    .output(contract.webhookDeliveryList)
    .query(({ ctx, input }) => listDeliveries(ctx.scope, input)),
  /** Send an event again, under its own id. */
  redeliver: partnerProcedure('webhook:manage', { kind: 'webhookDelivery', field: 'id' })
    .input(keyRef)
    .output(contract.webhookDelivery)
    .mutation(idempotent(redeliver)),
});
