import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { createWebhookSecret, signWebhook } from '@gangway/domain/webhooks/sign-webhook';
import { expect, test } from 'vitest';

const PAGE = new URL('../../../../docs/provisioning.md', import.meta.url);

test('the receiver of docs/provisioning.md takes what we sign, and nothing else', async () => {
  const [, program = ''] =
    /^```js\n(\/\/ receive-webhooks\.mjs[^]*?)^```$/m.exec(await readFile(PAGE, 'utf8')) ?? [];
  const port = await findFreePort();
  const secret = createWebhookSecret();
  const receiver = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    env: { PORT: String(port), WEBHOOK_SECRET: secret },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  try {
    const post = async (headers: Record<string, string>, body: string) =>
      (await fetch(`http://127.0.0.1:${port}`, { method: 'POST', headers, body })).status;
    const body = '{"type":"tenant.created"}';
    const signed = signWebhook([secret], 'event', body, new Date());
    await expect.poll(() => post(signed, body).catch(() => 0), { timeout: 10_000 }).toBe(204);
    const old = signWebhook([secret], 'event', body, new Date(Date.now() - 600_000));
    const [other, another] = [createWebhookSecret(), createWebhookSecret()];
    const foreign = signWebhook([other, another], 'event', body, new Date());
    expect([
      await post({ ...signed, 'webhook-signature': `v1,AAAA ${signed['webhook-signature'] ?? ''}` }, body),
      await post(signWebhook([other, secret], 'event', body, new Date()), body),
      await post(signWebhook([secret, other], 'event', body, new Date()), body),
      await post(signed, `${body} `),
      await post(old, body),
      await post(foreign, body),
      await post({}, body),
    ]).toEqual([204, 204, 204, 401, 401, 401, 401]);
  } finally {
    receiver.kill();
  }
});

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
