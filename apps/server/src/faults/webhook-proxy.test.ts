import { startConnectProxy, type ConnectProxy } from '@gangway/domain/webhooks/testing/connect-proxy';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { callPartner } from '../testing/partner-client.js';
import { createProductFixture, type ProductFixture } from '../testing/product-fixture.js';
import { createWebhookReceiver, type WebhookReceiver } from '../testing/webhook-receiver.js';

// HTTPS_PROXY of the built server carries webhooks; the proxy leads to this machine, wherever a tunnel was asked to.

vi.setConfig({ testTimeout: 60_000, hookTimeout: 90_000 });

let fixture: ProductFixture;
let receiver: WebhookReceiver;
let proxy: ConnectProxy;
beforeAll(async () => {
  fixture = await createProductFixture();
  receiver = await createWebhookReceiver({ '/hook': (response) => void response.writeHead(204).end() });
  proxy = await startConnectProxy(() => receiver.port);
});
afterAll(async () => {
  await fixture.drop();
  await proxy.close();
  await receiver.close();
});

it('delivers webhooks through the proxy to the address that was checked', async () => {
  const { url } = await fixture.start({ DEMO: '1', HTTPS_PROXY: proxy.url });
  const body = { url: 'http://93.184.215.14:8090/hook', events: ['operation_run.finished'] };
  const made = await callPartner(url, 'POST', '/webhooks', { body });
  expect(made.status, made.text).toBe(201);
  await callPartner(url, 'POST', `/webhooks/${String(made.body['id'])}/test`);
  await vi.waitFor(() => expect(receiver.received.get('/hook')).toHaveLength(1), { timeout: 30_000 });
  expect(proxy.asked.map(({ authority }) => authority)).toContain('93.184.215.14:8090');
});
