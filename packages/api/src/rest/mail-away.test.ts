import { deliverDueMail } from '@gangway/domain/mail/deliver-mail';
import { outboxTransport } from '@gangway/domain/mail/transports/outbox';
import { smtpTransport } from '@gangway/domain/mail/transports/smtp';
import { expect, test } from 'vitest';
import { startTestPartnerApi } from './test-partner-api.js';

test('a mail server that is away does not undo a tenant: the run warns, the mail waits, and goes out later', async () => {
  const api = await startTestPartnerApi({ mail: smtpTransport('smtp://127.0.0.1:1') });
  try {
    const answer = await api.call('POST', '/api/provisioning/tenants', {
      body: { client_name: 'Away', email: 'away@example.com' },
    });
    const run = await api.finished(String(answer.body['operation_run_id']));
    expect(run.body).toMatchObject({
      status: 'succeeded',
      warnings: [{ reason_code: 'email.failed' }],
      result: { success: true, email_sent: false },
    });
    const { prisma } = api.app.db;
    const mail = await prisma.mailMessage.findFirstOrThrow({ where: { recipient: 'away@example.com' } });
    expect(mail).toMatchObject({
      status: 'queued',
      attempts: 1,
      lastReasonCode: 'email.unreachable',
      lastError: 'The mail server cannot be reached (ECONNREFUSED)',
    });
    await prisma.$executeRaw`UPDATE mail_messages SET next_attempt_at = now() - interval '1 second'`;
    expect(await deliverDueMail(api.app, outboxTransport, new AbortController().signal)).toBe(1);
    expect((await prisma.mailMessage.findUniqueOrThrow({ where: { id: mail.id } })).status).toBe('sent');
    expect(api.unexpected).toEqual([]);
  } finally {
    await api.close();
  }
});
