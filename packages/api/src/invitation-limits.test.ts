import { randomBytes, randomUUID } from 'node:crypto';
import { OBJECT_LIMITS } from '@gangway/domain/limits/object-limits';
import { beforeEach, expect, test, vi } from 'vitest';
import { openAcme } from './test-acme.js';
import { atOnce } from './test-caller.js';
import { mailedTokens } from './test-mail.js';

// Hundreds of rows and dozens of mails, on machines that do other work as well.
vi.setConfig({ testTimeout: 60_000 });

const { api, owner, admin, workspaceId } = await openAcme();
const { prisma } = api.app.db;
beforeEach(() => prisma.rateLimit.deleteMany());

const invite = (email: string, by = owner) =>
  by.mutate('members.invite', { workspaceId, email, role: 'viewer' });

test('one address is mailed so often, however the invitation is repeated and by whom', async () => {
  const email = 'often@example.com';
  const invitationId = (await invite(email)).data['invitationId'];
  const again = await atOnce(25, (index) =>
    (index % 2 ? owner : admin).mutate('invitations.resend', { workspaceId, invitationId }),
  );
  const more = await invite(email, admin);
  expect(again.filter(({ status }) => status === 200)).toHaveLength(9);
  expect([more.status, more.reason]).toEqual([429, 'auth.too_many_attempts']);
  expect(more.data['retryAfter']).toBeGreaterThan(0);
  expect(await mailedTokens(api, email)).toHaveLength(10);
  expect((await invite('seldom@example.com')).status).toBe(200);
});

test('an invitation of another workspace is not there to be mailed again, and counts for nobody', async () => {
  const missing = await owner.mutate('invitations.resend', { workspaceId, invitationId: randomUUID() });
  expect([missing.status, missing.reason]).toEqual([404, 'resource.not_found']);
  expect(await prisma.rateLimit.count()).toBe(0);
});

test('a workspace has so many open invitations, all of them are listed, and withdrawing one makes room', async () => {
  const open = { workspaceId, acceptedAt: null, revokedAt: null };
  const inviter = await prisma.user.findUniqueOrThrow({ where: { email: 'owner@acme.example' } });
  const missing = OBJECT_LIMITS.invitations.max - 1 - (await prisma.invitation.count({ where: open }));
  await prisma.invitation.createMany({
    data: Array.from({ length: missing }, (_, index) => ({
      id: randomUUID(),
      workspaceId,
      email: `filler-${index}@example.com`,
      role: 'viewer',
      tokenHash: randomBytes(32),
      invitedBy: inviter.userId,
      expiresAt: new Date(Date.now() + 86_400_000),
    })),
  });
  const answers = await atOnce(3, (index) => invite(`late-${index}@example.com`));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
  expect(answers.map(({ reason }) => reason)).toContain('invitation.limit_reached');
  // A new invitation in the place of an open one is none more.
  expect((await invite('filler-1@example.com')).status).toBe(200);
  const { data } = await owner.query('members.list', { workspaceId });
  const invited = (data['items'] as { status: string; invitationId: string }[]).filter(
    ({ status }) => status === 'invited',
  );
  expect(invited).toHaveLength(OBJECT_LIMITS.invitations.max);
  await owner.mutate('invitations.revoke', { workspaceId, invitationId: invited[0]?.invitationId });
  expect((await invite('fits@example.com')).status).toBe(200);
});
