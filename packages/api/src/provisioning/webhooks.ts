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
import { once } from './once.js';

const keyRef = z.strictObject({ id: uuid });
const oneWebhook = partnerProcedure('webhook:manage', { kind: 'webhook', field: 'id' });

export const webhooksRouter = t.router({
  create: partnerProcedure('webhook:manage')
    .input(contract.newWebhook)
    .output(contract.createdWebhook)
    .mutation(once(createWebhook)),
  list: partnerProcedure('webhook:manage')
    .input(pageQuery)
    .output(contract.webhookList)
    .query(({ ctx, input }) => listWebhooks(ctx.scope, input)),
  get: oneWebhook
    .input(keyRef)
    .output(contract.webhook)
    .query(({ ctx, input }) => getWebhook(ctx.scope, input)),
  update: oneWebhook
    .input(contract.webhookPatch.extend(keyRef.shape))
    .output(contract.webhook)
    .mutation(({ ctx, input }) => updateWebhook(ctx.scope, input)),
  delete: oneWebhook.input(keyRef).mutation(({ ctx, input }) => deleteWebhook(ctx.scope, input)),
  rotateSecret: oneWebhook
    .input(contract.rotateWebhookSecret.extend(keyRef.shape))
    .output(contract.createdWebhook)
    .mutation(once(rotateWebhookSecret)),
  test: oneWebhook.input(keyRef).output(contract.webhookDelivery).mutation(once(testWebhook)),
  deliveries: oneWebhook
    .input(pageQuery.extend(keyRef.shape))
    .output(contract.webhookDeliveryList)
    .query(({ ctx, input }) => listDeliveries(ctx.scope, input)),
  redeliver: partnerProcedure('webhook:manage', { kind: 'webhookDelivery', field: 'id' })
    .input(keyRef)
    .output(contract.webhookDelivery)
    .mutation(once(redeliver)),
});
